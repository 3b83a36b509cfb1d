#!/usr/bin/env python3
"""Derive the table of this case from the public data that it comes from.

    python3 derive.py DATA [OUT]
    python3 derive.py DATA --check

DATA is the folder that holds `cases/` (README.md says what is read there, and from which public repository and commit);
OUT is where `talk.csv` is written, next to this script unless said. Accounts are numbered: no handle, not even one that
the source leaves in place, comes through. Numbers follow the order of a hash of the handles, which says nothing of them.

`--check` writes nothing, and says whether the data still give the tables whose digests are below.

Exit status: 0 done, 1 another table than expected, 2 the data are missing or not as expected.

Python 3.11, standard library only.
"""

import csv
import hashlib
import io
import sys
from pathlib import Path

SOURCE = Path("cases/issue-network-hk/interactions_pseudonymised.csv")
SAMPLES = ("hk", "hk2")
N_ROWS = 9285
FIELDS = ["created_at", "source", "target", "kind", "tweet_id", "hashtags", "lang", "dataset"]


DIGESTS = {"talk.csv": "d91f36348838c90526c6ce59bced43564b8365165f3d24bd2c78da2e0cfcc2ec"}


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
        with (Path(arguments[0]) / SOURCE).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != FIELDS:
                print(f"{SOURCE}: other columns than expected", file=sys.stderr)
                return 2
            rows = [row for row in reader if row["dataset"] in SAMPLES]
    except OSError as error:
        print(f"{SOURCE}: {error.strerror}", file=sys.stderr)
        return 2
    if len(rows) != N_ROWS:
        print(f"{SOURCE}: {len(rows)} rows of {' and '.join(SAMPLES)}, and {N_ROWS} expected", file=sys.stderr)
        return 2
    handles = {row["source"] for row in rows} | {row["target"] for row in rows}
    ordered = sorted(handles, key=lambda handle: hashlib.sha256(handle.encode()).digest())
    numbers = {handle: f"account-{number:04}" for number, handle in enumerate(ordered, 1)}
    talk = sorted(
        [
            row["created_at"],
            numbers[row["source"]],
            numbers[row["target"]],
            row["kind"],
            row["hashtags"],
            row["lang"],
        ]
        for row in rows
    )
    return finish({"talk.csv": table(["time", "from", "to", "kind", "tags", "language"], talk)}, out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
