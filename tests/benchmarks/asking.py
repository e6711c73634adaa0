"""Asking what if on the national demo: sixty edits of seven kinds, over the plan made cold."""

from __future__ import annotations

import statistics
from random import Random

from planner.core.errors import OpvangplanError
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.whatif.levers import LEVERS
from planner.whatif.session import WhatIf
from tests.benchmarks.benchmark import Bench, Benchmark

EDITS = 60
KINDS = ("closing", "beds", "demand", "stay", "growth", "norm", "all")


def edits_of(kind: str, asking: WhatIf, chance: Random) -> tuple[EditLine, ...]:
    """Return an edit of a kind at a place by chance, as a planner would ask it."""
    case: Case = asking.case
    where = chance.choice([each for each in case.locations.values() if not each.candidate])
    if kind == "closing":
        month = chance.choice(case.months[len(case.months) // 2 :])
        ends = EditLine("locations", where.id, "open_until", month.isoformat())
        return ends, EditLine("locations", where.id, "extendable_until", None)
    if kind == "beds":
        beds = max(int(where.dol_beds), int(where.beds * chance.uniform(0.8, 1.2)))
        return (EditLine("locations", where.id, "beds", str(beds)),)
    book = asking.first_book
    if kind == "demand":
        line = chance.choice(LEVERS["arrivals"].lines(book, chance.uniform(0.8, 1.2)))
        return (line,)
    lever, lowest, highest = {
        "stay": ("dublin_stay", 2.0, 6.0),
        "growth": ("dol_growth", 50.0, 400.0),
        "norm": ("norm", 0.88, 0.96),
        "all": ("arrivals", 0.95, 1.05),
    }[kind]
    return LEVERS[lever].lines(book, chance.uniform(lowest, highest))


def asked(bench: Bench) -> tuple[float, list[float], list[float]]:
    """Return the seconds of the plan made cold, and of each answer: the first levels, and all."""
    asking = WhatIf(bench.book)
    chance = Random(20261128)  # noqa: S311 - the same edits every time
    first, whole = [], []
    for number in range(EDITS):
        try:
            answer = asking.pose(edits_of(KINDS[number % len(KINDS)], asking, chance))
        except OpvangplanError:
            continue  # an edit by chance that no planner could make either
        first.append(answer.first_s)
        whole.append(answer.seconds)
    return asking.cold_s, first, whole


def what_if_median_over_cold(bench: Bench) -> float:
    """Return the median answer over the plan made cold."""
    cold, _, whole = bench.asked
    return statistics.median(whole) / cold


def what_if_worst_over_cold(bench: Bench) -> float:
    """Return the slowest answer over the plan made cold."""
    cold, _, whole = bench.asked
    return max(whole) / cold


def what_if_first_over_cold(bench: Bench) -> float:
    """Return the median of the levels before the moves over the plan made cold."""
    cold, first, _ = bench.asked
    return statistics.median(first) / cold


ASKING = (
    Benchmark(
        "what_if_median_over_cold",
        "",
        "an edit answered, the median of sixty on national, over its plan made cold",
        what_if_median_over_cold,
    ),
    Benchmark("what_if_worst_over_cold", "", "the slowest of those edits", what_if_worst_over_cold),
    Benchmark(
        "what_if_first_over_cold",
        "",
        "the levels before the moves settled, the median of those edits",
        what_if_first_over_cold,
    ),
)
