"""Where cells of a plan lead: a location to its row of the input, a rule to its explanation.

Figures of the first sheet lead to the rows that they are made of, and to why these are so.

Links are to places within the workbook, so that they hold wherever the file goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.input.book import Book
from planner.sheets.result_sheets import ResultSheet

# The tables whose figures the first sheet adds up by month.
BY_MONTH = ("placement", "dol")
# On longer sheets links would weigh more than they help; the command why answers for any row.
MOST_ROWS = 5_000
EXPLANATION, SHORTFALLS = "explanation", "shortfalls"
_PLACES = ("location", "province", "region", "group")
_PLACE = re.compile(r"^(?P<sheet>.+)!(?P<cell>[A-Z]{1,3}\d+)$")
# Excel takes no longer address.
_LONGEST = 255


@dataclass(frozen=True)
class Links:
    """The links of a workbook's result sheets.

    `locations` gives the place of a location's row; `lines` that of the explanation of a rule at a
    place, or of the rule alone with an empty place. `levels` gives the explanation of a level,
    `months` the first row of a table in a month, and `shortfalls` that of a rule in a month.
    """

    locations: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[tuple[str, object], str] = field(default_factory=dict)
    shortfalls: Mapping[tuple[str, object], str] = field(default_factory=dict)

    def of(self, result: ResultSheet, column: str) -> Sequence[str | None]:
        """Return where each cell of a column leads; nothing for a column without links."""
        frame = result.frame
        if len(frame) > MOST_ROWS or column not in frame.columns:
            return ()
        values = frame[column].tolist()
        if column == "location" and result.table.key != EXPLANATION:
            return [self.locations.get(str(each)) for each in values]
        if (result.table.key, column) == (EXPLANATION, "cells"):
            return [_first(each) for each in values]
        if (result.table.key, column) == (SHORTFALLS, "rule_title"):
            places = zip(*(frame[name].tolist() for name in _PLACES), strict=True)
            rules = frame["rule"].tolist()
            return [self._line(str(rule), at) for rule, at in zip(rules, places, strict=True)]
        return ()

    def _line(self, rule: str, about: Sequence[object]) -> str | None:
        """Return the explanation of a rule at its first place that has one, else of the rule."""
        for place in (*(str(each) for each in about if isinstance(each, str) and each), ""):
            if (rule, place) in self.lines:
                return self.lines[rule, place]
        return None


def links_of(
    book: Book,
    results: Sequence[ResultSheet],
    names: Mapping[str, str],
    first_rows: Mapping[str, int],
) -> Links:
    """Return the links of a plan's sheets.

    `names` are the sheets' names by the key of their table, `first_rows` the row, from 1, that the
    first row of each table stands in.
    """
    by_key = {each.table.key: each for each in results}
    explanation = by_key.get(EXPLANATION)
    lines: dict[tuple[str, str], str] = {}
    levels: dict[str, str] = {}
    if explanation is not None and "section" in explanation.frame.columns:
        name, first = names[EXPLANATION], first_rows[EXPLANATION]
        for at, line in enumerate(explanation.frame.to_dict("records")):
            target = _target(name, f"B{first + at}")
            if isinstance(line.get("level"), str):
                levels.setdefault(line["level"], target)
            if line["section"] == "shortfall":
                rule = str(line["rule"])
                places = [line[each] for each in _PLACES if isinstance(line[each], str)]
                lines.setdefault((rule, places[0] if places else ""), target)
                lines.setdefault((rule, ""), target)
    columns = {key: each.frame for key, each in by_key.items()}

    def rows_of(key: str, *of: str) -> dict[tuple[object, ...], str]:
        """Return the first row of a table for each thing that some columns tell."""
        found: dict[tuple[object, ...], str] = {}
        if key in columns and set(of) <= set(columns[key].columns):
            told = zip(*(columns[key][each].tolist() for each in of), strict=True)
            for at, about in enumerate(told, start=first_rows[key]):
                found.setdefault(about, _target(names[key], f"A{at}"))
        return found

    shortfalls = rows_of(SHORTFALLS, "rule", "month")
    return Links(
        _location_rows(book),
        lines,
        levels,
        {(key, month): at for key in BY_MONTH for (month,), at in rows_of(key, "month").items()},
        {(str(rule), month): at for (rule, month), at in shortfalls.items()},
    )


def _location_rows(book: Book) -> dict[str, str]:
    """Return the place of each location's row by its code."""
    sheet = book.tables.get("locations")
    if sheet is None or "id" not in sheet.frame.columns:
        return {}
    pairs = zip(sheet.frame.index, sheet.frame["id"].tolist(), strict=True)
    return {
        str(code): _target(sheet.name, sheet.address(int(row), "id"))
        for row, code in pairs
        if code is not None
    }


def _first(places: object) -> str | None:
    """Return the first of the places that a cell names, such as `Locaties!J5; Parameters!B3`."""
    found = _PLACE.match(str(places).split(";")[0].strip()) if isinstance(places, str) else None
    return None if found is None else _target(found["sheet"], found["cell"])


def _target(sheet: str, cell: str) -> str:
    """Return the address of a cell within the workbook."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!{cell}"[:_LONGEST]
