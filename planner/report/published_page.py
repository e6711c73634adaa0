"""What of a plan, or of several, may leave the house on paper: no count of people below a bound.

Told are the counts that `planner.result.schema.published` tells, and decisions without what they
cost; so nothing can be worked back from a page that could not be from the files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Language, say, show_month, show_number
from planner.input.kinds import PlaceKind
from planner.report.one_page import about_plan, decision_rows, decision_titles, decisions_of
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook
from planner.result.schema import published

_MOST_DECISIONS = 12
_KINDS = {each.value: each.label for each in PlaceKind}
_MONTHS = 6  # that a table has room for beside the names

Told = Mapping[tuple[object, ...], float | None]


@dataclass(frozen=True)
class PublishedPages:
    """Prints plans for whoever is outside, the first before the others; places too where `long`."""

    least: int
    others: tuple[PlanOfBook, ...] = ()
    long: bool = False

    def __call__(self, paper: Paper, plan: PlanOfBook, language: Language) -> None:
        """Print what may leave the house."""
        plans = (plan, *self.others)
        found = {each.name: each.frame for each in published(self.least, *plans)}
        paper.heading(say("published.title", language), 1)
        paper.paragraph(say("published.lead", language, least=self.least))
        for each in plans:
            paper.heading(self._name(each, language), 2)
            paper.paragraph(about_plan(each, language), small=True)
            _decisions(paper, each, language)
        paper.heading(say("published.groups", language), 2)
        self._groups(paper, plans, found, language)
        if self.long:
            for each in plans:
                paper.page()
                title = say("published.places", language, plan=self._name(each, language))
                paper.heading(title, 2)
                _places(paper, each, found["placement_by_place"], language)

    @staticmethod
    def _name(plan: PlanOfBook, language: Language) -> str:
        return called(plan.name or plan.scenario).in_(language)

    def _groups(
        self,
        paper: Paper,
        plans: Sequence[PlanOfBook],
        found: Mapping[str, pd.DataFrame],
        language: Language,
    ) -> None:
        """Print people by group: by month of one plan, by plan for some months of several."""
        if len(plans) == 1:
            months = told_months(plans[0].months, _MONTHS)
            told = [_of(found, plans[0], month) for month in months]
            titles = [show_month(each, language) for each in months]
            _table(paper, titles, told, language)
            return
        common = [each for each in plans[0].months if all(each in one.months for one in plans)]
        for month in told_months(common, 3):
            paper.heading(show_month(month, language), 3)
            told = [_of(found, each, month) for each in plans]
            _table(paper, [self._name(each, language) for each in plans], told, language)


def told_months(months: Sequence[dt.date], most: int) -> list[dt.date]:
    """Return so many months at most, evenly spread, the first and the last among them."""
    if len(months) <= most:
        return list(months)
    step = (len(months) - 1) / (most - 1)
    return [months[round(at * step)] for at in range(most)]


def _decisions(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    found = decisions_of(plan)
    if not found:
        paper.paragraph(say("overview.nothing_to_decide", language))
        return
    rows, more = decision_rows(found, _MOST_DECISIONS, language)
    # What a decision costs follows from how many live there: the last column stays in the house.
    paper.table(decision_titles(language)[:-1], [row[:-1] for row in rows])
    if more:
        paper.paragraph(say("overview.more_decisions", language, count=more), small=True)


def _of(found: Mapping[str, pd.DataFrame], plan: PlanOfBook, month: dt.date) -> Told:
    """Return the people of a plan in a month by group, all of them under none."""
    told: dict[tuple[object, ...], float | None] = {}
    for name, keys in (("placement_by_group", ("group",)), ("placement_by_month", ())):
        frame = found[name]
        own = frame[_own(frame, plan) & (frame["month"] == month)]
        for row in own.to_dict("records"):
            told[tuple(row[key] for key in keys)] = None if row["withheld"] else row["people"]
    return told


def _own(frame: pd.DataFrame, plan: PlanOfBook) -> pd.Series:
    return (frame["plan"] == plan.plan.fingerprint) & (frame["scenario"] == plan.scenario)


def _table(paper: Paper, titles: Sequence[str], told: Sequence[Told], language: Language) -> None:
    groups = sorted({str(key[0]) for each in told for key in each if key})
    columns = [PrintedColumn(say("published.group", language), 3.2)]
    columns += [PrintedColumn(each, 1.6, right=True) for each in titles]
    rows = [
        (called(group).in_(language), *(_count(each, (group,), language) for each in told))
        for group in groups
    ]
    whole = say("published.all", language)
    rows.append((whole, *(_count(each, (), language) for each in told)))
    paper.table(columns, rows)


def _count(told: Told, key: tuple[object, ...], language: Language) -> str:
    """Return a count; nobody is 0, and what is withheld is a dash."""
    value = told.get(key, 0.0)
    return "\N{EN DASH}" if value is None else show_number(value, language, 0)


def _places(paper: Paper, plan: PlanOfBook, frame: pd.DataFrame, language: Language) -> None:
    months = told_months(plan.months, _MONTHS)
    told: list[dict[tuple[object, ...], float | None]] = [{} for _ in months]
    own = frame[_own(frame, plan) & frame["month"].isin(months)]
    for row in own.to_dict("records"):
        value = None if row["withheld"] else row["people"]
        told[months.index(row["month"])][row["location"], row["kind"]] = value
    columns = [
        PrintedColumn(say("published.place", language), 3.4),
        PrintedColumn(say("published.kind", language), 2.4),
        *(PrintedColumn(show_month(each, language), 1.3, right=True) for each in months),
    ]
    keys = sorted({(str(key[0]), str(key[1])) for each in told for key in each})
    paper.table(
        columns,
        [
            (
                plan.location_name(location),
                _KINDS[kind].in_(language),
                *(_count(each, (location, kind), language) for each in told),
            )
            for location, kind in keys
        ],
    )
