"""A cell that a scenario changes, in words: its sheet, its row, its column, and its values."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from planner.input.column import Column, Table
from planner.input.parameters import supplied
from planner.input.recognise import table_named
from planner.input.scenarios.by_key import names_of_key
from planner.input.scenarios.phrases import CLOSING, EVERYTHING
from planner.input.scenarios.scenario import FORECAST
from planner.input.scenarios.whole_rows import GONE, NEW
from ui.results import figures
from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.texts import Text
    from planner.input.scenarios.by_key import Address
    from ui.session import Session
    from ui.words import Words

SWITCH = "rule_"


class ChangeWords:
    """Words the cells of scenarios as the sheets of the open book do."""

    def __init__(
        self, session: Session, words: Words, rules: Mapping[str, Text] | None = None
    ) -> None:
        """Word cells of the session's book; `rules` are the titles of rules by their names."""
        self._words = words
        self._rules = rules or {}
        self._locations = figures.location_names(session.sheet("locations"))

    def place(self, address: Address) -> tuple[str, str, str]:
        """Return the sheet's title, the row, and the column's title."""
        table_key, key, column_key = address
        declared, column = _known(table_key, column_key)
        sheet = table_key if declared is None else self._words.title(declared.title)
        title = column_key if column is None else self._words.title(column.title)
        for said in (CLOSING, NEW, GONE):
            if column is None and column_key in {said.nl, said.en}:
                title = self._words.title(said)
        return sheet, self._row(declared, table_key, key), title

    def value(self, address: Address, value: object) -> str:
        """Return a value as the cell shows it; words for what is empty and for a switch."""
        if cells.is_empty(value):
            return self._words.say("scenarios.empty")
        table_key, key, column_key = address
        if table_key == "parameters" and key.startswith(SWITCH) and key not in supplied():
            return self._switch(value)
        if table_key == "parameters" and key == FORECAST:
            return self._words.called(str(value))
        _, column = _known(table_key, column_key)
        if column is None:
            return self._words.value(value)
        return cells.shown(column, value, self._words.language)

    def _switch(self, value: object) -> str:
        known = {0.0: "scenarios.rule_off", 1.0: "scenarios.rule_on"}
        key = known.get(value) if isinstance(value, int | float) else None
        return self._words.value(value) if key is None else self._words.say(key)

    def _row(self, declared: Table | None, table_key: str, key: str) -> str:
        if table_key == "parameters":
            switched = key.startswith(SWITCH) and key not in supplied()
            title = self._rules.get(key.removeprefix(SWITCH)) if switched else None
            if title is not None:
                return self._words.say("scenarios.rule", title=title)
            name, *days = key.split("|")
            parts = [cells.parameter_name(name, self._words.language), *map(self._day, days)]
            return " · ".join(parts)
        written = key if declared is None else names_of_key(declared, key, self._words.language)
        return " · ".join(map(self._part, written.split("|")))

    def _part(self, part: str) -> str:
        if part == EVERYTHING:
            return self._words.say("scenarios.all")
        return self._locations.get(part) or self._day(part)

    def _day(self, part: str) -> str:
        """Return a part of a key; a day in the words of the language."""
        try:
            day = dt.date.fromisoformat(part)
        except ValueError:
            return part
        return self._words.month(day) if day.day == 1 else self._words.value(day)


def _known(table_key: str, column_key: str) -> tuple[Table | None, Column | None]:
    declared = table_named(table_key)
    if declared is None:
        return None, None
    return declared, declared.column(column_key) if declared.knows(column_key) else None
