"""Plans side by side for whoever is outside: sheets without a count of people below a bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Message, message
from planner.result import PlanOfBook
from planner.result.schema import published
from planner.sheets.published_tables import (
    PUBLISHED_DECISIONS,
    PUBLISHED_GROUPS,
    PUBLISHED_PLACES,
)
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import ResultTable


def published_sheets(least: int, plans: Sequence[PlanOfBook]) -> tuple[ResultSheet, ...]:
    """Return what of plans may leave the house; what is withheld of one plan is of each.

    `UnusableInputError` as for `published`.
    """
    found = {each.name: each.frame for each in published(least, *plans)}
    note = message("published.lead", least=least)
    by_mark = {(each.plan.fingerprint, each.scenario): each for each in plans}
    groups = [
        row
        for name in ("placement_by_month", "placement_by_group")
        for row in _rows(found[name], by_mark)
    ]
    return (
        _sheet(PUBLISHED_DECISIONS, _rows(found["decisions"], by_mark), message("published.none")),
        _sheet(PUBLISHED_GROUPS, groups, note),
        _sheet(PUBLISHED_PLACES, _rows(found["placement_by_place"], by_mark), note),
    )


def _sheet(table: ResultTable, rows: Iterable[dict[str, object]], note: Message) -> ResultSheet:
    columns = [each.key for each in table.columns]
    frame = pd.DataFrame(list(rows), columns=columns, dtype=object)
    return ResultSheet(table, frame, (note,))


def _rows(
    frame: pd.DataFrame, by_mark: Mapping[tuple[str, str], PlanOfBook]
) -> Iterator[dict[str, object]]:
    """Yield rows as a sheet has them, with the names of plan, location and group."""
    for row in frame.to_dict("records"):
        plan = by_mark[row["plan"], row["scenario"]]
        told: dict[str, object] = {str(key): value for key, value in row.items()}
        told["name"] = called(plan.name or plan.scenario)
        if "group" in told:
            told["group_title"] = called(str(told["group"]))
        if "location" in told:
            site = plan.sites.get(str(told["location"]))
            told["location_name"] = "" if site is None else site.name
        if told.get("withheld"):
            told["people"] = None
        yield told
