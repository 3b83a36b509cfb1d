#!/usr/bin/env python3
"""Derive the tables of this case from the public data that they come from.

    python3 derive.py DATA [OUT]
    python3 derive.py DATA --check

DATA is the folder that holds `networks/` (README.md says what is read there, and from which public repository and
commit); OUT is where `links.csv` and `sites.csv` are written, next to this script unless said. Sites are numbered as
in the source. Only a site that the atlas has as an institution, an association, a medium, a business or a portal has a
name; blogs and other sites have none, and no address of theirs comes through.

`--check` writes nothing, and says whether the data still give the tables whose digests are below.

Exit status: 0 done, 1 another table than expected, 2 the data are missing or not as expected.

Python 3.11, standard library only.
"""

import csv
import hashlib
import io
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import urlsplit

SOURCE = Path("networks/moroccan-ediaspora/moroccan-ediaspora.gexf")
NAMESPACE = "{http://www.gexf.net/1.2draft}"
N_SITES, N_LINKS, N_BLOGS = 156, 397, 49
# The year in which the atlas came out: a link has no date.
YEAR = "2012"

# What the atlas calls a site, what that marks it as, and how close to government it is.
MARKED = {
    "institutional": ("public-office", "state"),
    "association/ngo": ("organisation", "independent"),
    "media": ("organisation", "independent"),
    "business": ("organisation", "independent"),
}
PORTALS = {"portal", "portal/forum"}
# A medium of the state, a bank's foundation: not told apart in the atlas.
COUNTRIES = {"russie": "russia", "danemark": "denmark", "italie": "italy", "all countries": ""}
LANGUAGES = {"deutsch": "german"}


def sites(root: ElementTree.Element) -> list[dict[str, str]]:
    found = []
    for node in root.iter(f"{NAMESPACE}node"):
        values = {one.get("for", ""): one.get("value", "") for one in node.iter(f"{NAMESPACE}attvalue")}
        category, kind_of = values.get("acategory", ""), values.get("asubcategory", "")
        kind, closeness = MARKED.get(category, ("", ""))
        if category == "community" and kind_of in PORTALS:
            kind, closeness = "organisation", "independent"
        address = urlsplit(values.get("aurl", ""))
        host = (address.hostname or "").removeprefix("www.")
        country = values.get("alocalisation_user_country", "")
        language = values.get("amain_language", "")
        found.append({
            "site": f"site-{int(node.get('id', '')):03}",
            "kind": kind or ("blog" if category == "blog" else "other"),
            "name": (host + address.path.rstrip("/")) if kind else "",
            "closeness": closeness,
            "language": LANGUAGES.get(language, language),
            "country": COUNTRIES.get(country, country),
            "source": f"e-Diasporas Atlas, category {category}, {kind_of}" if kind else "",
        })
    return sorted(found, key=lambda one: one["site"])


DIGESTS = {"links.csv": "3cded57a4557d9a65ae73ed90d2a84e7544e18c164379d924109cd5f3c035ca0", "sites.csv": "d37d6055d751adbab05e8f2765f264ef37eb54a48ed7c1c427e72d2ae1252f7b"}


def table(names: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().encode()


def finish(tables: dict[str, bytes], out: Path | None) -> int:
    """Writes the tables; or, if there is nowhere to, compares them with their digests."""
    if out:
        for name, content in tables.items():
            (out / name).write_bytes(content)
        return 0
    other = [name for name, content in tables.items() if hashlib.sha256(content).hexdigest() != DIGESTS[name]]
    print("\n".join(f"{name}: other rows than expected" for name in other) or f"{len(tables)} tables as expected")
    return 1 if other else 0


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(arguments[1]) if len(arguments) == 2 else Path(__file__).parent
    out = None if arguments[1:] == ["--check"] else out
    try:
        root = ElementTree.parse(Path(arguments[0]) / SOURCE).getroot()
    except (OSError, ElementTree.ParseError) as error:
        print(f"{SOURCE}: {error}", file=sys.stderr)
        return 2
    found = sites(root)
    links = [(edge.get("source", ""), edge.get("target", "")) for edge in root.iter(f"{NAMESPACE}edge")]
    blogs = sum(one["kind"] == "blog" for one in found)
    if (len(found), len(links), blogs) != (N_SITES, N_LINKS, N_BLOGS):
        print(f"{SOURCE}: {len(found)} sites, {len(links)} links and {blogs} blogs, not as expected", file=sys.stderr)
        return 2
    language = {one["site"]: one["language"] for one in found}
    number = "site-{:03}".format
    rows = sorted([YEAR, number(int(a)), number(int(b)), "links", language[number(int(a))]] for a, b in links)
    tables = {
        "links.csv": table(["year", "from", "to", "what", "language"], rows),
        "sites.csv": table(list(found[0]), [list(one.values()) for one in found]),
    }
    return finish(tables, out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
