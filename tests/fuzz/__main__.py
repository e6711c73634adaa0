"""Read spoiled workbooks: `python -m tests.fuzz --count 5000 --seed 1`; 1 where one goes wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.fuzz.judging import Judged, judged

_MEGA = 1_000_000
_TOLD_EVERY = 500


def main() -> int:
    """Read as many as asked for; tell which seeds went wrong, and what the heaviest took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: dict[int, Judged] = {}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.count):
            found[seed] = each = judged(seed, Path(folder))
            if each.fault:
                sys.stdout.write(f"{seed}: {each.name}: {each.fault}\n")
            if len(found) % _TOLD_EVERY == 0:
                sys.stdout.write(f"{len(found)} read\n")
            sys.stdout.flush()
    sys.stdout.write("\n".join(_summary(found)) + "\n")
    return 1 if any(each.fault for each in found.values()) else 0


def _summary(found: dict[int, Judged]) -> list[str]:
    wrong = sum(bool(each.fault) for each in found.values())
    refused = sum(each.refused for each in found.values())
    kinds = Counter(each.name.split(".")[1] for each in found.values())
    slowest = max(found, key=lambda seed: found[seed].seconds)
    heaviest = max(found, key=lambda seed: found[seed].most_bytes)
    took = f"longest {found[slowest].seconds:.1f} s of processor (seed {slowest})"
    held = f"most memory {found[heaviest].most_bytes / _MEGA:.0f} MB (seed {heaviest})"
    return [
        f"{len(found)} files, {wrong} wrong, {refused} refused in words",
        "of them " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()),
        f"{took}, {held}",
    ]


if __name__ == "__main__":
    sys.exit(main())
