#!/usr/bin/env python3
"""Derive the table of this case from the public data that it comes from.

    python3 derive.py DATA [OUT]

DATA is the folder that holds `cases/` (README.md says what is read there, and from which public repository and commit);
OUT is where `talk.csv` is written, next to this script unless said. Accounts are numbered: no handle, not even one that
the source leaves in place, comes through. Numbers follow the order of a hash of the handles, which says nothing of them.

Exit status: 0 done, 2 the data are missing or not as expected.

Python 3.11, standard library only.
"""

import csv
import hashlib
import sys
from pathlib import Path

SOURCE = Path("cases/issue-network-hk/interactions_pseudonymised.csv")
SAMPLES = ("hk", "hk2")
N_ROWS = 9285
FIELDS = ["created_at", "source", "target", "kind", "tweet_id", "hashtags", "lang", "dataset"]


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(arguments[1]) if len(arguments) == 2 else Path(__file__).parent
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
    with (out / "talk.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["time", "from", "to", "kind", "tags", "language"])
        table = sorted(
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
        writer.writerows(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
