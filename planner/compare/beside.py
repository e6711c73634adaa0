"""Plans beside one another: the four main figures, then the levels; people without a place first.

A figure is judged by what lacks: people who have no place or are in emergency reception, DOL places
and beds that are needed and are not there. Fewer is better, unless more people have no place at
all: what is lower beside that is never a gain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from math import fsum

import pandas as pd

from planner.compare.beside_values import (
    FIRST,
    UNITS,
    Beside,
    FigureVerdict,
    LevelBeside,
    MainBeside,
    Moment,
    PlanBeside,
)
from planner.compare.comparison import Comparison
from planner.compare.theme import difference_column, plan_column
from planner.core.over_months import OVER_MONTHS, SHARE, SHARES
from planner.core.texts import Message, message, month_words
from planner.model.objective import LEVELS
from planner.model.rules.rule import Level
from planner.result.main_figures import MainFigures
from planner.result.tiles import TileFigures, tiles
from planner.sheets.without_place import SOMEBODY

# A share counts from half a percent on, everything else from half a person, place or euro.
_HALF_A_PERCENT = 0.005
_UNITS_OF_LEVELS = {each.level.value: each.unit for each in LEVELS}


def beside(comparison: Comparison) -> Beside:
    """Return plans beside one another."""
    # In whole people and places, as each plan says them itself.
    found = [
        {each.key: each for each in tiles(MainFigures.of(plan.shown().tables))}
        for plan in comparison.plans
    ]
    rows, left_out = _levels(comparison)
    plans = [PlanBeside(tuple(_of_base(each) for each in found[0].values()))]
    for number in range(1, len(found)):
        own, base = found[number], found[0]
        unplaced = _more_unplaced(own, base)
        figures = tuple(
            _figure(own[key], base.get(key), unplaced=unplaced and key != FIRST) for key in own
        )
        levels = tuple(_level(row, number, unplaced=unplaced) for _, row in rows.iterrows())
        first = _first(comparison, number, figures, levels)
        plans.append(PlanBeside(figures, first, levels, unplaced))
    return Beside(tuple(plans), left_out)


def _lacking(found: TileFigures) -> dict[dt.date, float]:
    """Return by month what lacks."""
    if not found.target:
        return dict(zip(found.months, found.values, strict=True))
    triples = zip(found.months, found.target, found.values, strict=True)
    return {month: max(needed - value, 0.0) for month, needed, value in triples}


def _more_unplaced(own: Mapping[str, TileFigures], base: Mapping[str, TileFigures]) -> bool:
    """Whether more people have no place, in the worst month or in all that both plans have."""
    if FIRST not in own or FIRST not in base:
        return False
    one, two = _lacking(base[FIRST]), _lacking(own[FIRST])
    common = one.keys() & two.keys()
    was, now = ([each[month] for month in common] for each in (one, two))
    most = max(now, default=0.0) - max(was, default=0.0)
    return most >= SOMEBODY or fsum(now) - fsum(was) >= SOMEBODY


def _of_base(found: TileFigures) -> MainBeside:
    first, worst, last = (_moment(found, at) for at in found.ends)
    lacking = fsum(_lacking(found).values())
    return MainBeside(found.key, (first, worst, last), OVER_MONTHS[UNITS[found.key]], lacking)


def _moment(found: TileFigures, at: int) -> Moment:
    needed = found.target[at] if found.target else None
    return Moment(found.months[at], found.values[at], needed)  # noqa: PD011 - of a tile


def _figure(own: TileFigures, base: TileFigures | None, *, unplaced: bool) -> MainBeside:
    """Return a figure beside that of the base; worst months are put beside one another."""
    if base is None:
        return _of_base(own)
    lacking, was = _lacking(own), _lacking(base)
    known = dict(zip(base.months, range(len(base.months)), strict=True))
    same_months = tuple(own.months) == tuple(base.months)
    moments = []
    for place, at in enumerate(own.ends):
        month = own.months[at]
        beside_at = known.get(month) if place != 1 else base.worst if same_months else None
        made = _moment(own, at)
        if beside_at is not None:
            lack = lacking[month] - was[base.months[beside_at]]
            was_then = base.values[beside_at]  # noqa: PD011 - of a tile
            made = _judged(made, made.value - was_then, lack, unplaced=unplaced)
        moments.append(made)
    first, worst, last = moments
    unit = OVER_MONTHS[UNITS[own.key]]
    if not same_months:
        lacked = fsum(lacking.values())
        return MainBeside(own.key, (first, worst, last), unit, lacked, FigureVerdict.OTHER)
    most = max(lacking.values()) - max(was.values())
    total = fsum(lacking.values()) - fsum(was.values())
    differs = any(
        abs(one - two) >= SOMEBODY for one, two in zip(own.values, base.values, strict=True)
    )
    verdict = verdict_on((most, total), unplaced=unplaced)
    if verdict is FigureVerdict.EQUAL and differs:
        verdict = FigureVerdict.OTHER
    lacked = fsum(lacking.values())
    return MainBeside(own.key, (first, worst, last), unit, lacked, verdict, most, total)


def _judged(made: Moment, more: float, lack: float, *, unplaced: bool) -> Moment:
    lacks = abs(lack) >= SOMEBODY
    shown = lack if lacks else more if abs(more) >= SOMEBODY else 0.0
    verdict = verdict_on((lack,), unplaced=unplaced)
    if not lacks and shown:
        verdict = FigureVerdict.OTHER
    told_lack = lacks and made.needed is not None
    return Moment(made.month, made.value, made.needed, shown, told_lack, verdict)


def verdict_on(
    amounts: Sequence[float], *, unplaced: bool, least: float = SOMEBODY
) -> FigureVerdict:
    """Return how amounts of what lacks stand, of which less is better."""
    up = any(each >= least for each in amounts)
    down = any(each <= -least for each in amounts)
    if up and down:
        return FigureVerdict.MIXED
    if up:
        return FigureVerdict.WORSE
    if down:
        return FigureVerdict.NO_GAIN if unplaced else FigureVerdict.BETTER
    return FigureVerdict.EQUAL


def _least(name: str) -> float:
    """Return from where on a difference of a level is one."""
    return _HALF_A_PERCENT if _UNITS_OF_LEVELS.get(name) in SHARES else SOMEBODY


def _levels(comparison: Comparison) -> tuple[pd.DataFrame, int]:
    """Return the levels in reading order and how many are left out as alike in every plan.

    People without a place come first, also where they are alike, so that no other level and no cost
    stands alone; the cost comes last, and the others by how much they differ. Between plans of
    other months there are none: each level is a total of all of them.
    """
    frame = comparison.themes["levels"].frame
    if not comparison.one_span:
        return frame.head(0), 0
    differences = [difference_column(number) for number in range(1, len(comparison.names))]
    size = frame[differences].abs().max(axis=1).fillna(0.0)
    least = frame["name"].map(_least)
    unplaced = frame["name"] == Level.UNPLACED.value
    kept = frame[(size >= least) | unplaced]
    rank = kept["name"].map({Level.UNPLACED.value: 0, Level.COST.value: 2}).fillna(1)
    order = pd.DataFrame({"rank": rank, "size": -size[kept.index]})
    found = kept.loc[order.sort_values(["rank", "size"], kind="stable").index]
    return found, int(len(frame) - len(kept))


def _level(row: pd.Series, number: int, *, unplaced: bool) -> LevelBeside:
    name, more = str(row["name"]), float(row[difference_column(number)])
    known = more == more  # noqa: PLR0124 - not a number is not itself
    lower = unplaced and name != Level.UNPLACED.value
    verdict = (
        verdict_on((more,), unplaced=lower, least=_least(name)) if known else FigureVerdict.OTHER
    )
    unit = _UNITS_OF_LEVELS.get(name, "")
    share = unit in SHARES
    part = 100.0 if share else 1.0
    return LevelBeside(
        name,
        row["title"],
        message("unit.percent" if unit == SHARE else "unit.percent-months").both
        if share
        else row["unit"],
        part * float(row[plan_column(0)]),
        part * float(row[plan_column(number)]),
        part * more if known else None,
        verdict,
        share,
    )


def _first(
    comparison: Comparison,
    number: int,
    figures: Sequence[MainBeside],
    levels: Sequence[LevelBeside],
) -> Message:
    """Return what differs first: people without a place, else the first level in its order."""
    own, base = comparison.plans[number].months, comparison.plans[0].months
    if own != base:
        common = len(set(own) & set(base))
        return message("compare.words.months", months=len(own), base=len(base), common=common)
    people = next((each for each in figures if each.key == FIRST), None)
    if people is not None and people.verdict in {
        FigureVerdict.WORSE,
        FigureVerdict.BETTER,
        FigureVerdict.MIXED,
    }:
        return _people(people)
    order = comparison.themes["levels"].frame["name"].tolist()
    differing = [
        each for each in levels if each.verdict in {FigureVerdict.WORSE, FigureVerdict.BETTER}
    ]
    if not differing:
        return message("compare.first.alike")
    first = min(differing, key=lambda each: order.index(each.name))
    return message(
        f"compare.first.{first.verdict.value}",
        level=first.title,
        was=first.shown(first.base),
        becomes=first.shown(first.value),
        unit=first.unit,
    )


def _people(found: MainBeside) -> Message:
    """Return how many have no place in the worst month, and how many more that is in all."""
    _, worst, _ = found.moments
    most, total = found.most or 0.0, found.total or 0.0
    return message(
        f"compare.first.people_{found.verdict.value}",
        month=month_words(worst.month),
        people=round(worst.value),
        was=round(worst.value - most),
        total=round(abs(total)),
        unit=message(f"unit.{found.unit}").both,
    )
