"""What an ensemble says in sentences, and its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Language, Message, Text, message, show_number
from planner.ensemble.ensemble import Ensemble, spread
from planner.ensemble.trial import BY_MONTH, worst_month
from planner.model.measures import MEASURES
from planner.sheets.ensemble_tables import (
    ENSEMBLE,
    ENSEMBLE_DOL,
    ENSEMBLE_MEMBERS,
    ENSEMBLE_SHARED,
)
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import ResultTable
from planner.sheets.units import figure_text, rough_money

WORST_UNIT = "persons"
_MEASURES = ("unplaced", "protected_unplaced", "emergency", "dol", "cost")


def sentences(found: Ensemble, places: Sequence[float]) -> tuple[Message, ...]:
    """Return what an ensemble says, the most important first."""
    return tuple(_sentences(found, places))


def _sentences(found: Ensemble, places: Sequence[float]) -> Iterator[Message]:
    count = len(found.done)
    yield message("ensemble.told.count", count=count, seed=found.seed)
    if found.past is not None:
        yield _widened(found)
    if found.failed:
        yield message("ensemble.told.failed", count=len(found.failed), why=found.failed[0].fault)
    if not count:
        return
    key = "ensemble.told.broken" if found.broken else "ensemble.told.none_broken"
    yield message(key, broken=len(found.broken), percent=round(100 * len(found.broken) / count))
    yield from _spreads(found)
    fitting = tuple(
        message("ensemble.fits", places=each, percent=round(100 * found.fits(each))).both
        for each in places
    )
    if found.dol_needs.any():
        yield message("ensemble.told.dol", fits=fitting)
    for shared in found.shared:
        yield message(
            "ensemble.told.shared",
            group=called(shared.group),
            there=_signed(shared.where_broken),
            elsewhere=_signed(shared.elsewhere),
        )
    if found.broken and not found.shared:
        yield message("ensemble.told.nothing_shared")


def _spreads(found: Ensemble) -> Iterator[Message]:
    """Yield what people without a place, in emergency reception, and cost come to."""
    for name in ("unplaced", "emergency", "cost"):
        if name in BY_MONTH:
            yield _spread(found, worst_month(name), _worst_title(name), WORST_UNIT)
        yield _spread(found, name, _title(name), _unit(name))


def _spread(found: Ensemble, name: str, title: Text, unit: str) -> Message:
    """Return what an amount comes to in half of the futures, in most of them, and at most."""
    amounts = spread(found.amounts(name))
    return message(
        "ensemble.told.spread",
        what=title,
        planned=_words(_planned(found, name), unit),
        middle=_words(amounts["p50"], unit),
        high=_words(amounts["p90"], unit),
        most=_words(amounts["most"], unit),
    )


def _worst_title(name: str) -> Text:
    return message("ensemble.worst_month", what=_title(name)).both


def _widened(found: Ensemble) -> Message:
    """Return in words by which past errors futures are widened, at the furthest that is told."""
    past = found.past
    if past is None:
        raise ValueError("no past errors")
    return past.told("ensemble.told.past", len(found.case.months))


def _title(name: str) -> Text:
    return next(each.title for each in MEASURES if each.name == name)


def _unit(name: str) -> str:
    return next(each.unit for each in MEASURES if each.name == name)


def _words(value: float, unit: str) -> Text:
    if unit == "euro":
        return rough_money(value)
    # Whole people and months of them: less than half a one is nobody.
    return figure_text(float(round(value)), unit)


def _signed(part: float) -> Text:
    """Return a part as a percentage with its sign."""
    sign = "+" if part >= 0 else "\N{MINUS SIGN}"
    return Text(*(f"{sign}{show_number(abs(100 * part), each, 0)} %" for each in Language))


def _planned(found: Ensemble, name: str) -> float:
    return found.planned.measures.get(name, found.planned.levels.get(name, np.nan))


def sheets(found: Ensemble, places: Sequence[float]) -> tuple[ResultSheet, ...]:
    """Return the sheets of an ensemble."""
    named = [(worst_month(name), _worst_title(name), WORST_UNIT) for name in BY_MONTH]
    named += [(name, _title(name), _unit(name)) for name in _MEASURES]
    rows = [
        {
            "title": title,
            "unit": unit,
            "planned": _planned(found, name),
            **spread(found.amounts(name)),
        }
        for name, title, unit in named
    ]
    rows.append(
        {
            "title": message("ensemble.dol_needed").both,
            "unit": "places",
            "planned": found.dol_needed(found.expected),
            **spread(found.dol_needs),
        }
    )
    fits = [(each, found.fits(each)) for each in places]
    shared = [(called(e.group), e.where_broken, e.elsewhere) for e in found.shared]
    return (
        ResultSheet(ENSEMBLE, _frame(rows, ENSEMBLE), sentences(found, places)),
        ResultSheet(ENSEMBLE_DOL, pd.DataFrame(fits, columns=_keys(ENSEMBLE_DOL))),
        ResultSheet(ENSEMBLE_SHARED, pd.DataFrame(shared, columns=_keys(ENSEMBLE_SHARED))),
        ResultSheet(ENSEMBLE_MEMBERS, _frame(list(_member_rows(found)), ENSEMBLE_MEMBERS)),
    )


def _keys(table: ResultTable) -> list[str]:
    return [each.key for each in table.columns]


def _frame(rows: list[dict[str, object]], table: ResultTable) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=_keys(table))


def _member_rows(found: Ensemble) -> Iterator[dict[str, object]]:
    for each in found.members:
        row: dict[str, object] = {
            "member": each.number + 1,
            "more": found.fullness(each),
            "dol_needed": found.dol_needed(found.people[each.number]),
        }
        if each.failed:
            yield row | {"fault": each.fault}
        else:
            yield row | {
                "unplaced": each.measures["unplaced"],
                "emergency": each.measures["emergency"],
                "cost": each.levels["cost"],
                "breaks": found.breaks(each),
            }


def record(found: Ensemble, places: Sequence[float]) -> dict[str, object]:
    """Return an ensemble as the object of the file that `--json` writes."""
    return {
        "scenario": found.case.scenario,
        "fingerprint": found.case.fingerprint,
        "seed": found.seed,
        "track_record": None if found.past is None else vars(found.past),
        "planned": {"levels": found.planned.levels, "measures": found.planned.measures},
        "failed": len(found.failed),
        "broken": [each.number for each in found.broken],
        "dol": [{"places": each, "part": found.fits(each)} for each in places],
        "shared": [vars(each) for each in found.shared],
        "members": [
            {**vars(each), "dol_needed": found.dol_needed(found.people[each.number])}
            for each in found.members
        ],
    }
