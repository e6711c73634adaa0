"""`PlanOfBook`: a plan with the input it was made from; what reports and comparisons read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from planner.core.texts import Language, Message
from planner.input.book import Book, RawValue
from planner.input.case import Case, usable
from planner.input.edits import Edit, apply
from planner.input.kinds import EMERGENCY_KINDS
from planner.input.location import Location
from planner.input.names import tidy
from planner.input.recognise import table_named
from planner.input.records import TABLES
from planner.input.scenarios.by_key import EditsByKey
from planner.input.scenarios.scenario import changes_of
from planner.input.scenarios.whole_rows import whole_row
from planner.input.typed import TypedTables, read_tables
from planner.result.plan import Plan
from planner.result.register import register
from planner.result.verification import breaches_of
from planner.result.whole_people import as_shown

_BESIDE = ("locations", "groups", "streams", "stages")


@dataclass(frozen=True)
class PlanOfBook:
    """A plan and the book it stands in or was made from; `name` is what it is called beside others.

    `written_in` is the language of sentences that the workbook has in one language only; `None`
    where every sentence can be had in both. `planned` is the plan before its figures were
    rounded for reading, which is the one that is counted again; `None` where they were not.
    """

    name: str
    book: Book
    plan: Plan
    written_in: Language | None = None
    planned: Plan | None = None

    @property
    def scenario(self) -> str:
        """The scenario that was planned."""
        return self.plan.scenario

    @property
    def provenance(self) -> Mapping[str, str]:
        """How the plan came about, by key."""
        return self.plan.provenance

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by key, with `levels` and `measures` (name, value, unit)."""
        levels = [(level.name, level.value, level.unit) for level in self.plan.levels]
        measures = [(name, item.value, item.unit) for name, item in self.plan.measures.items()]
        columns = ["name", "value", "unit"]
        return {
            **self.plan.tables,
            "levels": pd.DataFrame(levels, columns=columns),
            "measures": pd.DataFrame(measures, columns=columns),
        }

    @cached_property
    def case(self) -> Case:
        """The valid input; `UnusableInputError` where the book cannot be planned any more."""
        return usable(self.book, self.scenario or None)

    @cached_property
    def breaches(self) -> tuple[Message, ...]:
        """What recomputing the plan without the solver finds against it."""
        return tuple(breach.what for breach in breaches_of(self.case, self.planned or self.plan))

    def shown(self) -> PlanOfBook:
        """Return it with its figures rounded for reading; as it is where they are so already.

        What was recounted of a plan stays with it: who prints it several times rounds it once.
        """
        return self if self.planned is not None else self._shown

    @cached_property
    def _shown(self) -> PlanOfBook:
        return replace(self, plan=as_shown(self.plan), planned=self.plan)

    @property
    def same_input(self) -> bool:
        """Whether the input in the book is the one that was planned."""
        return self.plan.fingerprint == self.case.fingerprint

    @cached_property
    def months(self) -> tuple[dt.date, ...]:
        """The months planned, as far as a sheet that was changed by hand still has them."""
        months = set(self.tables["runoff"]["month"].tolist())
        return tuple(sorted(month for month in months if isinstance(month, dt.date)))

    @cached_property
    def inputs(self) -> Book:
        """The input as it was planned: the book with the scenario's edits in their cells."""
        listed = tuple(self._read({"scenarios"}).records("scenarios"))
        named = [table_named(each.table) for each in listed if each.scenario == self.scenario]
        if not named:
            return self.book
        # What a change is of may be said by what stands on the sheets beside it.
        whole = any(whole_row(each) for each in listed if each.scenario == self.scenario)
        beside = {each.key for each in TABLES} if whole else {"scenarios", *_BESIDE}
        typed = self._read({*beside, *(table.key for table in named if table)})
        changes = [change.record for change in changes_of(typed, self.scenario)]
        by_key = EditsByKey(self.book, typed)
        edits: list[Edit] = []
        for change in changes:
            try:
                edits.append(by_key.of(change))
            except LookupError:
                # The check of the input tells that this edit changes nothing.
                continue
        return apply(self.book, edits)[0] if edits else self.book

    def _read(self, tables: set[str]) -> TypedTables:
        """Return the records of some tables alone; reading them all takes longer than the rest."""
        some = {key: frame for key, frame in self.book.tables.items() if key in tables}
        return read_tables(replace(self.book, tables=some))[0]

    @cached_property
    def locations(self) -> frozenset[str]:
        """The ids of the locations that the plan knows."""
        return frozenset(self.tables["places"]["location"].tolist()) | frozenset(
            self.of_locations("name")
        )

    @cached_property
    def sites(self) -> Mapping[str, Location]:
        """The locations as they were planned, by id; those that cannot be read are left out."""
        return {location.id: location for location in self.records("locations")}

    def records(self, table: str) -> tuple[Any, ...]:
        """Return a table's records as they were planned, without those that cannot be read."""
        some = {key: frame for key, frame in self.inputs.tables.items() if key == table}
        return tuple(read_tables(replace(self.inputs, tables=some))[0].records(table))

    def of_locations(self, column: str) -> dict[str, str]:
        """Return a column of the sheet Locations as text, by location; empty where it is not."""
        frame = self.inputs.frame("locations")
        if "id" not in frame:
            return {}
        ids = map(as_name, frame["id"].tolist())
        if column not in frame:
            return dict.fromkeys(ids, "")
        return dict(zip(ids, map(as_name, frame[column].tolist()), strict=True))

    def location_name(self, location: str) -> str:
        """Return a location's code with its name, where it has one."""
        known = self.case.locations.get(location)
        return f"{location} {known.name}" if known is not None and known.name else location

    def monthly(
        self,
        table: str,
        column: str,
        kinds: Sequence[str] = (),
        locations: Collection[str] | None = None,
    ) -> list[float]:
        """Return a column of a result table added up by month, every planned month included.

        Only of some kinds of place and of some locations, where these are given.
        """
        frame = self.tables.get(table)
        if frame is None or frame.empty:
            return [0.0] * len(self.months)
        if kinds:
            frame = frame[frame["kind"].isin(list(kinds))]
        if locations is not None:
            frame = frame[frame["location"].isin(list(locations))]
        sums = frame.groupby("month")[column].sum()
        return [float(sums.get(month, 0.0)) for month in self.months]

    @property
    def emergency(self) -> list[float]:
        """The people in emergency reception by month."""
        return self.monthly("placement", "people", [kind.value for kind in EMERGENCY_KINDS])

    @property
    def worded(self) -> Mapping[str, pd.DataFrame]:
        """The result tables, with the titles of rules in both languages where they are known."""
        titles = {registered.rule.name: registered.rule.title for registered in register()}
        shortfalls = self.tables["shortfalls"]
        known = [titles.get(name, name) for name in shortfalls["rule"].tolist()]
        title = pd.Series(known, index=shortfalls.index, dtype=object)
        return {**self.tables, "shortfalls": shortfalls.assign(rule_title=title)}


def as_name(raw: RawValue | None) -> str:
    """Return a name as it is read from a cell: digits are text, space around it is not there."""
    if raw is None:
        return ""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else tidy(str(raw))
