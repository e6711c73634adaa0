"""What a reserve against emergency places says in sentences, and its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum

import pandas as pd

from planner.buffer.buffer import EMERGENCY, REGULAR, Buffer, BufferScenario
from planner.buffer.reserve import reserve
from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, message, show_number
from planner.input.months import MONTHS_IN_YEAR
from planner.input.supplied_names import Named, title_of
from planner.sheets.buffer_tables import BREAK_EVEN, BUFFER, BY_YEAR, HOW_OFTEN
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import ResultTable
from planner.sheets.units import rough_money

_OFTEN = (0, 1, 2, 3, 4, 5, 6, 9, 12)


def sentences(found: Buffer) -> tuple[Message, ...]:
    """Return what a buffer comes to, and what is assumed, in reading order."""
    return tuple(_sentences(found))


def _sentences(found: Buffer) -> Iterator[Message]:
    first = found.scenarios[0].need
    month = next(iter(first.places))
    yield message(
        "buffer.rates",
        regular=_whole(first.regular[month]),
        emergency=_whole(first.emergency[month]),
        regular_name=title_of(Named.PARAMETERS, REGULAR),
        emergency_name=title_of(Named.PARAMETERS, EMERGENCY),
    )
    part = first.break_even
    key = "buffer.break_even" if part <= 1 else "buffer.never"
    yield message(key, percent=_whole(100 * part), months=_tenth(MONTHS_IN_YEAR * part))
    own = found.own_costs
    if own is not None and any(low < high for low, high in own):
        (low, high), (least, most) = own
        ends = {"low": low, "high": high, "least": least, "most": most}
        yield message(
            "buffer.own_costs",
            **{name: _whole(value) for name, value in ends.items()},
            first=_whole(100 * low / most),
            last=_whole(100 * high / least),
        )
    for each in found.scenarios:
        yield _of_scenario(each)
        if each.need.least > 0:
            told = {"scenario": called(each.name), "least": _whole(each.need.least)}
            yield message("buffer.always", **told)
    if len(found.scenarios) > 1:
        sizes = sorted(each.need.best for each in found.scenarios)
        paying = sorted(each.need.pays_up_to for each in found.scenarios)
        yield message(
            "buffer.range",
            best_low=_whole(sizes[0]),
            best_high=_whole(sizes[-1]),
            low=_whole(paying[0]),
            high=_whole(paying[-1]),
        )
    else:
        yield message("buffer.one_scenario")
    for year in sorted(found.budget):
        yield _of_budget(found, year)
    if any(each.without.get(year) for each in found.scenarios for year in found.budget):
        yield message("buffer.budget.without")
    yield from _assumed(found)


def _of_budget(found: Buffer, year: int) -> Message:
    """Return a year's budget beside the cost of the plans, without a reserve and with the best."""
    budget = found.budget[year]
    costs, with_best, months = [], [], 0
    for each in found.scenarios:
        need = each.need.of_year(year)
        months = len(need.places)
        costs.append(each.total(year))
        with_best.append(costs[-1] - need.saved(each.need.best))
    if not months:
        return message("buffer.budget.other_year", year=str(year))
    return message(
        "buffer.budget.year",
        year=str(year),
        months=months,
        budget=_whole(budget),
        cost=_range(costs),
        left=_left(budget, costs),
        left_best=_left(budget, with_best),
    )


def _range(amounts: Sequence[float]) -> Text:
    """Return an amount, or between which two amounts they lie."""
    low, high = rough_money(min(amounts)), rough_money(max(amounts))
    return low if low == high else message("buffer.between", low=low, high=high).both


def _left(budget: float, costs: Sequence[float]) -> Text:
    """Return what is left of a budget, or is lacking, over the scenarios."""
    left = [budget - cost for cost in costs]
    if min(left) < 0 < max(left):
        low, high = rough_money(-min(left)), rough_money(max(left))
        return message("buffer.budget.either", low=low, high=high).both
    key = "left" if min(left) >= 0 else "lacking"
    return message(f"buffer.budget.{key}", amount=_range([abs(each) for each in left])).both


def _of_scenario(each: BufferScenario) -> Message:
    need = each.need
    months = sum(places > 0 for places in need.places.values())
    name = called(each.name)
    if not months:
        return message("buffer.no_need", scenario=name)
    told = {
        "scenario": name,
        "months": months,
        "count": len(need.places),
        "most": _whole(max(need.places.values())),
    }
    if need.best <= 0:
        return message("buffer.none_pays", **told)
    return message(
        "buffer.pays",
        **told,
        best=_whole(need.best),
        saved=rough_money(need.yearly(need.saved(need.best))),
        up_to=_whole(need.pays_up_to),
    )


def _assumed(found: Buffer) -> Iterator[Message]:
    yield message("buffer.assumed.need")
    yield message("buffer.assumed.places")
    yield message("buffer.assumed.law")
    there = found.scenarios[0].case.parameters.optional("reserve_places") or 0.0
    if there:
        yield message("buffer.assumed.reserve_there", places=there)
    if not found.budget:
        yield message("buffer.no_budget")


def _whole(value: float) -> Text:
    return Text(*(show_number(value, each, 0) for each in Language))


def _tenth(value: float) -> Text:
    return Text(*(show_number(value, each, 1) for each in Language))


def sheets(found: Buffer) -> tuple[ResultSheet, ...]:
    """Return the sheets of a buffer."""
    return (
        ResultSheet(BREAK_EVEN, _frame(BREAK_EVEN, _break_even(found)), sentences(found)),
        ResultSheet(BUFFER, _frame(BUFFER, _by_size(found))),
        ResultSheet(HOW_OFTEN, _frame(HOW_OFTEN, _how_often(found))),
        ResultSheet(BY_YEAR, _frame(BY_YEAR, _by_year(found))),
    )


def _frame(table: ResultTable, rows: Iterator[Mapping[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=[each.key for each in table.columns])


def _by_size(found: Buffer) -> Iterator[Mapping[str, object]]:
    for each in found.reserves():
        yield {**vars(each), "scenario": called(each.scenario), "extra": each.extra}


def _break_even(found: Buffer) -> Iterator[Mapping[str, object]]:
    for each in found.scenarios:
        need = each.need
        yield {
            "scenario": called(each.name),
            "part": need.break_even,
            "months": sum(places > 0 for places in need.places.values()),
            "most": max(need.places.values()),
            "least": need.least,
            "best": need.best,
            "saved": need.yearly(need.saved(need.best)),
            "pays_up_to": need.pays_up_to,
        }


def _how_often(found: Buffer) -> Iterator[Mapping[str, object]]:
    """Yield what a size comes to a year where all of it is needed in so many months."""
    need = found.scenarios[0].need
    emergency = fsum(need.emergency.values()) / len(need.emergency)
    for size in found.sizes:
        kept = need.yearly(need.kept(size))
        for often in _OFTEN:
            avoided = size * often * emergency
            row = {"places": size, "often": often, "kept": kept, "avoided": avoided}
            yield {**row, "extra": kept - avoided}


def _by_year(found: Buffer) -> Iterator[Mapping[str, object]]:
    for each in found.scenarios:
        for year in sorted({month.year for month in each.need.places}):
            need = each.need.of_year(year)
            for size in found.sizes:
                extra = need.kept(size) - need.avoided(size)
                budget = found.budget.get(year)
                yield {
                    "year": str(year),
                    "scenario": called(each.name),
                    "places": size,
                    "months": len(need.places),
                    "plan": each.cost.get(year, 0.0),
                    "without": each.without.get(year, 0.0),
                    "kept": need.kept(size),
                    "avoided": need.avoided(size),
                    "extra": extra,
                    "budget": budget,
                    "left": None if budget is None else budget - each.total(year) - extra,
                }


def record(found: Buffer) -> Mapping[str, object]:
    """Return a buffer as the object of the `--json` file; a size without end is null."""
    sizes = [
        {**vars(each), "extra": each.extra}
        for each in (reserve(s.name, s.need, n) for n in found.sizes for s in found.scenarios)
    ]
    return {
        "scenarios": [
            {
                "scenario": each.name,
                "need": {f"{m:%Y-%m}": places for m, places in each.need.places.items()},
                "break_even": each.need.break_even,
                "best": each.need.best,
                "pays_up_to": _finite(each.need.pays_up_to),
                "cost": {str(year): amount for year, amount in each.cost.items()},
                "without": {str(year): amount for year, amount in each.without.items()},
            }
            for each in found.scenarios
        ],
        "sizes": sizes,
        "budget": {str(year): amount for year, amount in found.budget.items()},
    }


def _finite(value: float) -> float | None:
    return value if value < float("inf") else None
