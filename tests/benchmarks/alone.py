"""HiGHS alone on MPS files, in a process of its own: `alone each FILE…` or `alone weighted FILE…`.

Interior point with crossover, two threads, all else as it comes. Prints the seconds of solving,
reading the files left out, as JSON: a number per file, or one for the weighted sum of all levels.
What is not solved within `LIMIT_S` counts as that, which is told: a ratio over it is then at most.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import highspy
import numpy as np

# What a level counts more than the next one: enough for an order, not so much that it slows down.
STEP = 4.0
LIMIT_S = 180.0

# "ipm" would choose another method where an extra package is installed.
_OPTIONS = (
    ("output_flag", False),
    ("threads", 2),
    ("solver", "ipx"),
    ("time_limit", LIMIT_S),
)
_FAIR = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit)


def main(how: str, *files: str) -> None:
    """Print what solving took."""
    print(json.dumps([_solved(file) for file in files] if how == "each" else [_weighted(files)]))


def _loaded(file: str) -> highspy.Highs:
    highs = highspy.Highs()
    for name, value in _OPTIONS:
        highs.setOptionValue(name, value)
    highs.readModel(file)
    return highs


def _solved(file: str) -> float:
    return _timed(_loaded(file), file)


def _timed(highs: highspy.Highs, file: str) -> float:
    begun = time.perf_counter()
    highs.run()
    seconds = time.perf_counter() - begun
    status = highs.getModelStatus()
    if status not in _FAIR:
        raise RuntimeError(f"{file}: {status}")
    print(f"{Path(file).stem}: {seconds:.1f} s, {status.name}", file=sys.stderr, flush=True)
    return seconds


def _weighted(files: tuple[str, ...]) -> float:
    """Solve the first level's model, which has no frozen rows, for the weighted sum of all."""
    first = _loaded(files[0])
    costs = weighted([np.array(_loaded(file).getLp().col_cost_) for file in files])
    columns = np.arange(len(costs), dtype=np.int32)
    first.changeColsCost(len(columns), columns, costs)
    return _timed(first, "weighted")


def weighted(costs: Sequence[np.ndarray]) -> np.ndarray:
    """Return one sum of the costs of levels, from the first level to the last.

    Each is brought to a largest coefficient of one and counts four times the next; a level that
    costs nothing adds nothing.
    """
    counting = [(number, each) for number, each in enumerate(reversed(costs)) if each.any()]
    summed = np.zeros(len(costs[0]))
    for number, each in counting:
        summed += STEP**number * each / np.abs(each).max()
    return summed


if __name__ == "__main__":
    main(*sys.argv[1:])
