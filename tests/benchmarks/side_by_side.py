"""Plans side by side: `side_by_side WORKBOOK`, in a process of its own.

Prints the seconds in which one scenario is planned, those in which three are, as many at once as
the machine carries, and those from six plans until their comparison is there to be shown:
computed, shaped, and handed over as between processes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from planner import api
from planner.compare import comparison_view
from planner.compare.views import PlanSource
from planner.input.book import Book
from planner.jobs.pool import plan_many
from planner.jobs.transport import pack, unpack
from planner.result.plan import Plan

SCENARIOS = ("low", "middle", "high")
SIDES = 6


def main(workbook: str) -> None:
    """Measure with a workbook and print the seconds."""
    book = api.open_workbook(Path(workbook))
    one, _ = planned(book, SCENARIOS[1:2])
    three, plans = planned(book, SCENARIOS)
    print(json.dumps([one, three, opened(book, plans)]))


def planned(book: Book, names: tuple[str, ...]) -> tuple[float, list[Plan]]:
    """Return the seconds in which scenarios are planned, and their plans."""
    begun = time.perf_counter()
    ended = plan_many(book, names).values()
    seconds = time.perf_counter() - begun
    plans = [each.planned.plan for each in ended if each.planned is not None]
    if len(plans) != len(names):
        raise RuntimeError("a scenario was not planned")
    return seconds, plans


def opened(book: Book, plans: list[Plan]) -> float:
    """Return the seconds from plans, each taken twice, to a comparison that can be shown."""
    sources = tuple(
        PlanSource(name=f"{at + 1}", plan=plans[at % len(plans)]) for at in range(SIDES)
    )
    begun = time.perf_counter()
    kept = comparison_view.compared(1, sources, lambda _: book)
    shown = unpack(pack(comparison_view.shown(kept)))
    seconds = time.perf_counter() - begun
    if len(shown.names) != SIDES:
        raise RuntimeError(f"{len(shown.names)} plans side by side")
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
