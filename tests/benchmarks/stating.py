"""Building the problem by its rules, over a general library that states the same rows."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.benchmark import Bench, Benchmark, NotInstalledError

TIMES = 3


def over_library(library: str, size: str, bench: Bench) -> float:
    """Return the middle one of the ratios of building to stating; `NotInstalledError`."""
    if importlib.util.find_spec(library) is None:
        raise NotInstalledError(f"{library} is not installed")
    workbook: Path = bench.small_workbook if size == "small" else bench.workbook
    took = bench.child("building", str(workbook), library, str(TIMES))
    for ours, theirs in took:
        print(f"  {size}: built in {ours:.2f} s, stated by {library} in {theirs:.2f} s")
    return float(median(ours / theirs for ours, theirs in took))


STATING = tuple(
    Benchmark(
        f"build_over_{library}_{size}",
        "",
        f"building {size} by its rules over {library} stating the same rows, one weighted sum",
        partial(over_library, library, size),
    )
    for library in ("pulp", "linopy")
    for size in ("small", "national")
)
