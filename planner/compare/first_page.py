"""The first sheet and the first page of a comparison: what lacks, then each level, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.compare.beside import beside, verdict_on
from planner.compare.beside_values import (
    FIRST,
    UNITS,
    Beside,
    FigureVerdict,
    MainBeside,
    PlanBeside,
)
from planner.compare.comparison import Comparison
from planner.core.display_names import called
from planner.core.over_months import OVER_MONTHS
from planner.core.texts import Message, Text, message
from planner.sheets.without_place import SOMEBODY

# In which months: the first, the worst, the last, and all of them together.
WHEN = ("now", "worst", "end", "all")


@dataclass(frozen=True)
class FirstPageLine:
    """A figure of every plan, the base first, as it is read: whole, a percentage in tenths.

    `more` and `verdicts` are of the plans beside the base; a difference is empty where it says
    nothing, between plans of other months. `key` is the main figure, or level, that it is of, and
    `when` one of `WHEN`; empty of a level.
    """

    key: str
    when: str
    what: Text
    unit: Text
    figures: tuple[float, ...]
    more: tuple[float | None, ...]
    verdicts: tuple[FigureVerdict, ...]


@dataclass(frozen=True)
class FirstPage:
    """What differs first in each plan beside the base, and the figures; some are left out."""

    firsts: tuple[Message, ...]
    lines: tuple[FirstPageLine, ...]
    left_out: int

    def notes(self) -> tuple[Message, ...]:
        """Return what is said of figures that are left out."""
        if not self.left_out:
            return ()
        return (message("compare.beside.left_out_of", count=self.left_out),)


def first_page(comparison: Comparison) -> FirstPage:
    """Return what is read first: people without a place, what else lacks, then each level.

    People without a place stand there also where they are alike, so that no cost stands alone.
    """
    found = beside(comparison)
    lines = [*_main_lines(found, one_span=comparison.one_span)]
    kept = [line for line in lines if line.key == FIRST or _differs(line)]
    firsts = tuple(
        message("compare.first.of", name=called(name), first=plan.first)
        for name, plan in zip(comparison.names, found.plans, strict=True)
        if plan.first is not None
    )
    left_out = len(lines) - len(kept) + found.left_out
    return FirstPage(firsts, (*kept, *_level_lines(found)), left_out)


def _differs(line: FirstPageLine) -> bool:
    """Whether a figure differs in any plan, or its difference says nothing."""
    return any(more is None or more for more in line.more)


def _main_lines(found: Beside, *, one_span: bool) -> Iterator[FirstPageLine]:
    """Yield the figures of what lacks."""
    for key, unit in UNITS.items():
        of_plans = [_of(plan, key) for plan in found.plans]
        for place, when in enumerate(WHEN):
            figures = [_figure(each, place) for each in of_plans]
            more = [each - figures[0] for each in figures[1:]]
            verdicts = [
                verdict_on((each,), unplaced=plan.more_unplaced and key != FIRST)
                for each, plan in zip(more, found.plans[1:], strict=True)
            ]
            yield FirstPageLine(
                key,
                when,
                message(f"compare.lacking.{key}", when=message(f"compare.when.{when}")).both,
                message(f"unit.{OVER_MONTHS[unit] if when == 'all' else unit}").both,
                tuple(float(round(each)) for each in figures),
                tuple(
                    (float(round(each)) if abs(each) >= SOMEBODY else 0.0) if one_span else None
                    for each in more
                ),
                tuple(verdicts) if one_span else (FigureVerdict.OTHER,) * len(more),
            )


def _of(plan: PlanBeside, key: str) -> MainBeside:
    return next(each for each in plan.figures if each.key == key)


def _figure(found: MainBeside, place: int) -> float:
    """Return what lacks in the first month, the worst, the last, or in all together."""
    return found.lacking if place == len(found.moments) else found.moments[place].lacking


def _level_lines(found: Beside) -> Iterator[FirstPageLine]:
    for levels in zip(*(each.levels for each in found.plans[1:]), strict=True):
        first = levels[0]
        yield FirstPageLine(
            first.name,
            "",
            message("compare.level", level=first.title).both,
            first.unit,
            (first.shown(first.base), *(each.shown(each.value) for each in levels)),
            tuple(None if each.more is None else each.shown(each.more) for each in levels),
            tuple(each.verdict for each in levels),
        )
