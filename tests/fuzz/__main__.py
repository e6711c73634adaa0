"""Read spoiled workbooks: `python -m tests.fuzz --count 5000 --seed 1`; 1 where one goes wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.judging import fault_of


def main() -> int:
    """Read as many as asked for and tell which seeds went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed, options.seed + options.count):
            fault = fault_of(seed, Path(folder))
            if fault:
                wrong += 1
                sys.stdout.write(f"{seed}: {fault}\n")
    sys.stdout.write(f"{options.count} workbooks, {wrong} wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
