#!/usr/bin/env python3
"""Derive the tables of this case from the public data they come from.

    python3 derive.py DATA            write the tables next to this script
    python3 derive.py DATA --check    rebuild them in memory, compare byte by byte

DATA is the folder that holds `cases/` and `reference/` (see README.md for what is read
there, from which public repository and commit). Nothing is interpolated, imputed or
estimated: rows are selected, names become codes, and small corridors are added up.

Exit status: 0 done or equal, 1 a table differs, 2 the data are missing or not as expected.

Python 3.11, standard library only.
"""

import argparse
import csv
import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

FOCUS = "GBR"

# Members of the OECD and the year of accession. Those after 2012 joined later than the
# Games: they are in the tables, and a strategy that wants members of 2012 leaves them out.
OECD = {
    "AUS": 1971, "AUT": 1961, "BEL": 1961, "CAN": 1961, "CHE": 1961, "CHL": 2010,
    "COL": 2020, "CRI": 2021, "CZE": 1995, "DEU": 1961, "DNK": 1961, "ESP": 1961,
    "EST": 2010, "FIN": 1969, "FRA": 1961, "GBR": 1961, "GRC": 1961, "HUN": 1996,
    "IRL": 1961, "ISL": 1961, "ISR": 2010, "ITA": 1962, "JPN": 1964, "KOR": 1996,
    "LTU": 2018, "LUX": 1961, "LVA": 2016, "MEX": 1994, "NLD": 1961, "NOR": 1961,
    "NZL": 1973, "POL": 1996, "PRT": 1961, "SVK": 2000, "SVN": 2010, "SWE": 1961,
    "TUR": 1961, "USA": 1961,
}  # fmt: skip

PANEL_YEARS = range(1995, 2018)
INBOUND_YEARS = range(2004, 2018)
STUDENT_YEAR = "2017"
MIGRANT_YEAR = "2015"

# A corridor of fewer migrants than this, and that does not touch the focus, is added to
# the remainder of its origin and to the remainder of its destination.
MIGRANT_FLOOR = 10_000

# A code that begins with an underscore is not a place of ISO 3166.
LUMPED_BY_SOURCE = "_OTHER"
LUMPED_HERE = "_REST"

# Names that no English column of `country-codes.csv` spells in this way.
STUDENT_NAMES = {
    "Côte d'Ivoire": "CIV",
    "DR Congo": "COD",
    "St Vincent/Grenadines": "VCT",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
    "United States": "USA",
    "Venezuala": "VEN",  # sic
    "Other countries": LUMPED_BY_SOURCE,
    "Africa: unknown countries": "_UNKNOWN_AFRICA",
    "Asia: unknown countries": "_UNKNOWN_ASIA",
    "Europe: unknown countries": "_UNKNOWN_EUROPE",
    "North America: unknown countries": "_UNKNOWN_NORTH_AMERICA",
    "Oceania: unknown countries": "_UNKNOWN_OCEANIA",
}
MIGRANT_NAMES = {
    "Channel Islands": "_CHANNEL_ISLANDS",  # Guernsey and Jersey together: no ISO code
    "China, Hong Kong SAR": "HKG",
    "China, Macao SAR": "MAC",
    "Côte d'Ivoire": "CIV",
    "Dem. People's Republic of Korea": "PRK",
    "Falkland Islands (Malvinas)": "FLK",
    "Micronesia (Fed. States of)": "FSM",
    "Turkey": "TUR",
    "United Kingdom": "GBR",
}

# Destinations of the migrant table that are regions: the sums of countries that are in it
# too. "Micronesia" is the region here, not the federation.
MIGRANT_REGIONS = {"Caribbean", "Melanesia", "Micronesia", "Polynesia", "South America"}

Row = tuple[str, ...]


class Unexpected(Exception):
    """The data are not what this script was written for."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The records of a CSV file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise Unexpected(f"{what}: expected {wanted}, found {found}")


def figure(text: str) -> str:
    """The source's own digits; a whole number without its `.0`."""
    return text.removesuffix(".0")


def student_figure(text: str) -> str:
    """UIS gives five decimals at most; more are noise of floating-point sums upstream."""
    exact = Decimal(text)
    trimmed = round(exact, 5)
    if abs(exact - trimmed) > Decimal("1e-8"):
        raise Unexpected(f"a student figure with more than five decimals: {text}")
    return f"{trimmed:f}".rstrip("0").rstrip(".")


def place_names(data: Path, extra: dict[str, str]) -> dict[str, str]:
    """ISO alpha-3 code of each English name that the reference table knows, and `extra`."""
    names: dict[str, str] = {}
    for row in rows(data / "reference/country-codes.csv"):
        code = row["ISO3166-1-Alpha-3"]
        for column in ("official_name_en", "UNTERM English Short", "CLDR display name"):
            name = row[column].strip()
            if code and name and names.setdefault(name, code) != code:
                raise Unexpected(f"{name!r} names both {names[name]} and {code}")
    return names | extra


def code_of(names: dict[str, str], name: str) -> str:
    try:
        return names[name]
    except KeyError:
        raise Unexpected(f"no code for the name {name!r}") from None


def table(header: str, body: Iterable[Row]) -> bytes:
    """A CSV file: comma, LF, sorted, no two rows of the same key."""
    ordered = sorted(body)
    keys = [row[:-1] for row in ordered]
    if len(set(keys)) != len(keys):
        raise Unexpected(f"two rows of one key under {header}")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(ordered)
    return out.getvalue().encode("utf-8")


def world_bank(data: Path, variable: str) -> list[Row]:
    """One series of the World Development Indicators for OECD countries, 1995–2017."""
    years = {str(year) for year in PANEL_YEARS}
    return [
        (row["iso3"], row["year"], figure(row["value"]))
        for row in rows(data / "cases/tourism-fdi/wdi_long.csv")
        if row["variable"] == variable and row["iso3"] in OECD and row["year"] in years
        if row["value"]
    ]


def arrivals(data: Path) -> list[Row]:
    """Tourist arrivals; all years there are, of countries complete or not."""
    found = world_bank(data, "tourist_arrivals")
    years_of = defaultdict(set)
    for iso3, year, _ in found:
        years_of[iso3].add(year)
    complete = [iso3 for iso3, years in years_of.items() if len(years) == len(PANEL_YEARS)]
    expect(len(complete), 28, "countries with every year of arrivals")
    return found


def fdi(data: Path) -> list[Row]:
    """Net inflows of foreign direct investment, per cent of GDP; all years there are."""
    return world_bank(data, "fdi_inflow_pct_gdp")


def inbound_students(data: Path) -> list[Row]:
    """Inbound internationally mobile students; all years there are, complete or not."""
    years = {str(year) for year in INBOUND_YEARS}
    return [
        (row["geoUnit"], row["year"], figure(row["value"]))
        for row in rows(data / "cases/students/uis_inbound_outbound_totals.csv")
        if row["indicatorId"] == "26637" and row["geoUnit"] in OECD and row["year"] in years
        if row["value"]
    ]


def student_corridors(data: Path) -> list[Row]:
    """Students of each origin in its ten leading destinations, and in all others."""
    names = place_names(data, STUDENT_NAMES)
    return [
        (
            code_of(names, row["origin_country_name"]),
            code_of(names, row["dest_country_lumped"]),
            STUDENT_YEAR,
            student_figure(row["value_lumped"]),
        )
        for row in rows(data / "cases/students/uis_popular-destinations-by-origin.csv")
        if row["year"] == STUDENT_YEAR
    ]


def migrant_corridors(data: Path) -> list[Row]:
    """Migrants of each corridor that is large or touches the focus; others added up.

    What is added up is counted twice: once as `origin,_REST`, so that what leaves an origin
    is whole, and once as `_REST,destination`, so that what reaches a destination is. The
    world's total is therefore the sum of the rows whose origin is not `_REST`.
    """
    names = place_names(data, MIGRANT_NAMES)
    stock: dict[tuple[str, str], int] = {}
    in_source = in_regions = 0
    for row in rows(data / "cases/migrant-stock/migrant_stock.csv.gz"):
        if row["year"] != MIGRANT_YEAR:
            continue
        migrants = int(row["stock"])
        in_source += migrants
        if row["destination"] in MIGRANT_REGIONS:
            in_regions += migrants
            continue
        corridor = code_of(names, row["origin"]), code_of(names, row["destination"])
        if corridor in stock:
            raise Unexpected(f"two rows of migrants for {corridor}")
        stock[corridor] = migrants
    expect(in_source, 245_498_673, "migrants in the source")
    expect(in_regions, 7_579_905, "migrants counted again under regions")

    kept: dict[tuple[str, str], int] = defaultdict(int)
    for (origin, destination), migrants in stock.items():
        if migrants >= MIGRANT_FLOOR or FOCUS in (origin, destination):
            kept[origin, destination] += migrants
        else:
            kept[origin, LUMPED_HERE] += migrants
            kept[LUMPED_HERE, destination] += migrants
    return [
        (origin, destination, MIGRANT_YEAR, str(migrants))
        for (origin, destination), migrants in kept.items()
    ]


def build(data: Path) -> dict[str, bytes]:
    """Every table of the case by its file name."""
    return {
        "arrivals.csv": table("iso3,year,arrivals", arrivals(data)),
        "fdi.csv": table("iso3,year,fdi_gdp_percent", fdi(data)),
        "inbound-students.csv": table("iso3,year,students", inbound_students(data)),
        "migrant-corridors.csv": table(
            "origin,destination,year,migrants", migrant_corridors(data)
        ),
        "student-corridors.csv": table(
            "origin,destination,year,students", student_corridors(data)
        ),
    }


def differing(folder: Path, built: dict[str, bytes]) -> list[str]:
    """What stands in `folder` that is not what was built, a line each."""
    wrong = []
    for name, content in built.items():
        path = folder / name
        if not path.exists():
            wrong.append(f"{name}: is missing")
        elif path.read_bytes() != content:
            wrong.append(f"{name}: differs from what the data give")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder that holds cases/ and reference/")
    parser.add_argument(
        "--check", action="store_true", help="compare with the tables that stand here"
    )
    arguments = parser.parse_args()

    try:
        built = build(arguments.data)
    except (OSError, KeyError, ValueError, Unexpected) as error:
        print(f"failed to derive the tables: {error}", file=sys.stderr)
        return 2

    folder = Path(__file__).resolve().parent
    if arguments.check:
        wrong = differing(folder, built)
        print("\n".join(wrong) if wrong else f"{len(built)} tables are as derived")
        return 1 if wrong else 0
    for name, content in built.items():
        (folder / name).write_bytes(content)
        print(f"{name}: {len(content.splitlines()) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
