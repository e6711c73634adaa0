"""What a change of a scenario can be about: what there is to choose from in a book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from planner.input.names import plain
from planner.input.recognise import table_named
from planner.input.records import table
from planner.input.scenarios.dated_rows import is_dated
from planner.input.scenarios.phrases import OF_LOCATIONS, Phrase
from planner.input.scenarios.whole_rows import Whole, key_of_row, whole_row
from planner.input.settings import ScenarioEdit
from planner.input.span import planned_months
from planner.input.typed import TypedTables


@dataclass(frozen=True)
class Subjects:
    """Locations by code with their names, and what else a phrase can name; months by first days.

    `stays` are the groups whose stay the workbook gives; `groups` and `streams` those with people
    or arrivals by month, none where the workbook has no such rows. `new_location` is a code that no
    location has, in the input or in a scenario; `shares` and `stage_stays` are the keys of rows of
    Streams and Stages that give one themselves, throughout. `added` are the codes of locations that
    the scenario itself adds.
    """

    locations: tuple[tuple[str, str], ...] = ()
    provinces: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    months: tuple[dt.date, ...] = ()
    new_location: str = ""
    shares: tuple[str, ...] = ()
    stage_stays: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def within(self, changes: Iterable[ScenarioEdit]) -> Subjects:
        """Return them with the locations that these changes of one scenario add."""
        locations = table("locations")
        added = (
            each.key
            for each in changes
            if each.active is not False
            and whole_row(each) is Whole.NEW
            and table_named(each.table) is locations
        )
        return replace(self, added=tuple(dict.fromkeys(added)))

    def phrases(self) -> tuple[Phrase, ...]:
        """Return the phrases that there is something to say with."""
        wanted = {
            Phrase.PEOPLE: bool(self.groups),
            Phrase.ARRIVALS: bool(self.streams),
            Phrase.STAY: bool(self.stays),
            Phrase.SHARE: bool(self.shares),
            Phrase.STAGE_STAY: bool(self.stage_stays),
        }
        some = bool(self.locations) and bool(self.months)
        return tuple(each for each in Phrase if wanted.get(each, some or each not in OF_LOCATIONS))


def subjects_of(typed: TypedTables) -> Subjects:
    """Return what changes can be about in a book."""
    locations = list(typed.records("locations"))
    groups = (each.group for each in typed.records("forecast"))
    streams = (each.stream for each in typed.records("inflow"))
    stays = (each.group for each in typed.records("groups") if each.stay_months is not None)
    return Subjects(
        tuple((each.id, each.name or each.id) for each in locations),
        tuple(sorted({each.province for each in locations if each.province})),
        tuple(dict.fromkeys(groups)),
        tuple(dict.fromkeys(streams)),
        tuple(dict.fromkeys(stays)),
        planned_months(typed),
        _free_code(typed),
        _own_figures(typed, "streams", "share", "share_parameter"),
        _own_figures(typed, "stages", "stay_months", "stay_parameter"),
    )


def _own_figures(
    typed: TypedTables, table_key: str, column: str, parameter: str
) -> tuple[str, ...]:
    """Return the keys of rows without dates that give a figure, and not by a parameter."""
    declared = table(table_key)
    return tuple(
        key_of_row(declared, each)
        for each in typed.rows(table_key)
        if getattr(each.record, column) is not None
        and not getattr(each.record, parameter)
        and not is_dated(each.record)
    )


def code_after(code: str) -> str:
    """Return the next code behind one, `N02` behind `N01`; one without a number gets a 2."""
    head = code.rstrip("0123456789")
    digits = code[len(head) :]
    return f"{head}{int(digits) + 1:0{len(digits)}d}" if digits else f"{code}2"


def _free_code(typed: TypedTables) -> str:
    """Return a code that no location has yet."""
    taken = {plain(each.id) for each in typed.records("locations")}
    taken.update(plain(each.key) for each in typed.records("scenarios"))
    return next(code for code in map("N{:02d}".format, count(1)) if plain(code) not in taken)
