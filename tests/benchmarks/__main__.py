"""Measurements: `python3 -m tests.benchmarks [--only NAME…] [--json F]`, from a checkout.

Each value is a ratio measured within the one run, unless the name carries a unit. Nothing else
should run meanwhile. Linux only, for the memory and the start of a process.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.benchmark import Bench, Benchmark, NotInstalledError
from tests.benchmarks.registry import BENCHMARKS

NAMES = [each.name for each in BENCHMARKS]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked, print it and write it; 1 where a measurement failed."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="F")
    parser.add_argument("--list", action="store_true", help="show what there is to measure")
    given = parser.parse_args(argv)
    if given.list:
        for each in BENCHMARKS:
            print(f"{each.name:<30}{each.unit or 'ratio':<7}{each.about}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        asked = [each for each in BENCHMARKS if each.name in given.only]
        measured = {each.name: value(each, bench) for each in asked}
    found = {name: each for name, each in measured.items() if isinstance(each, float)}
    if given.json is not None:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 1 if None in measured.values() else 0


def value(each: Benchmark, bench: Bench) -> float | str | None:
    """Measure and print one; `None` where it failed, which must not hide the others.

    What cannot be measured here, for what it is measured against is not installed, is that in
    words.
    """
    try:
        measured = each.measure(bench)
    except NotInstalledError as missing:
        print(f"{each.name:<30}{missing}", flush=True)
        return str(missing)
    except Exception as fault:  # noqa: BLE001 - whatever it was is told, and the exit code is 1
        print(f"{each.name:<30}failed: {fault!r}", file=sys.stderr, flush=True)
        return None
    print(f"{each.name:<30}{measured:.3f} {each.unit}".rstrip(), flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main())
