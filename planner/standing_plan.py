"""A plan as it stands in a workbook, to be looked at again without planning anew.

Its tables are read back by the keys of their columns. What the program words itself is worded
again, so that it follows the language; sentences of the explanation and the checks stay as they
were written. A plan that was read is recomputed with `breaches_of` before anybody leans on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.errors import UnusableInputError
from planner.insight.explain.explained import COLUMNS
from planner.insight.result import LevelValue, Plan, Quantity
from planner.insight.sentences import unit_text
from planner.insight.tables import TABLE_COLUMNS
from planner.model.rules import RULES
from planner.planning import usable
from planner.solve.outcome import Ending, Stop
from planner.tables.book import Book
from planner.texts import Message, Text, catalogue, message
from planner.verify import ClaimedPlan
from planner.verify import verify as breaches_in
from planner.workbook.book_cells import label_lines
from planner.workbook.results import find_result, read_results
from planner.workbook.units import unit_key
from planner.workflow import provenance_in

NEEDED = frozenset({"levels", "measures", "provenance", "checks", *TABLE_COLUMNS})
SECTIONS = ("note", "shortfall", "limit", "choice", "repair")
PLACES = ("location", "province", "region", "group")


def plan_standing_in(book: Book) -> Plan | None:
    """Return the plan that stands in a workbook; `None` where it holds none.

    `UnusableInputError` where there are result sheets that cannot be read as a whole plan.
    """
    if not any(find_result(sheet) is not None for sheet in book.sheets):
        return None
    tables = read_results(book)
    if "placement" not in tables:
        return None  # sheets of a forecast or a comparison
    told = provenance_in(tables["provenance"]) if "provenance" in tables else {}
    known = {rule.name for rule in RULES}
    rules = set(tables["shortfalls"]["rule"]) if "shortfalls" in tables else set()
    if NEEDED - tables.keys() or not rules <= known or told.get("ending") not in _ENDINGS:
        raise UnusableInputError(message("standing.not_whole"))
    ending = Ending(told["ending"])
    return Plan(
        scenario=told.get("scenario", ""),
        fingerprint=told.get("fingerprint", ""),
        ending=ending,
        stop=Stop.FINISHED if ending is Ending.OPTIMAL else Stop.TIME_LIMIT,
        levels=tuple(
            LevelValue(str(name), str(unit), float(value))
            for name, unit, value in _rows(tables["levels"], "name", "unit", "value")
        ),
        measures={
            str(name): Quantity(float(value), str(unit))
            for name, value, unit in _rows(tables["measures"], "name", "value", "unit")
        },
        tables=dict(_plain(tables)),
        notes=tuple(message("standing.note", text=line) for line in _notes(book)),
        provenance=told,
        timings={},
    )


def breaches_of(book: Book, plan: Plan) -> tuple[Message, ...]:
    """Return what the verifier finds against a plan that was read from a book.

    `UnusableInputError` where the book cannot be planned, so that nothing can be recomputed.
    """
    case = usable(book, plan.scenario or None)
    values = {each.name: each.value for each in plan.levels}
    whole = plan.provenance.get("whole") == "true"
    claimed = ClaimedPlan(case.scenario, values, plan.tables, whole=whole)
    return tuple(each.what for each in breaches_in(case, claimed))


_ENDINGS = frozenset({Ending.OPTIMAL.value, Ending.BEST_FOUND.value})


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def _plain(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of a plan as the making of one leaves them."""
    for name, columns in TABLE_COLUMNS.items():
        yield name, tables[name].reindex(columns=list(columns))
    yield "checks", tables["checks"]
    if "explanation" in tables:
        yield "explanation", _explanation(tables["explanation"])


def _explanation(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of the explanation, each again in its section and about its place."""
    parts = {
        word: section
        for section in SECTIONS
        for word in _both(catalogue()[f"explain.is.{section}"])
    }
    rules = {rule.name: rule for rule in RULES}
    lines = frame.reindex(columns=list(COLUMNS)).astype(object)
    lines = lines.where(lines.notna(), None)
    sections = [parts.get(str(each), "") for each in lines["part"]]
    known = [rules.get(each) for each in lines["rule"]]
    again: dict[str, list[Any]] = {
        "section": sections,
        "part": [catalogue()[f"explain.is.{each}"] if each else None for each in sections],
        "rule_title": [None if each is None else each.title for each in known],
        "source": [None if each is None else each.source.label for each in known],
        "subject": [
            next((each for each in places if each), None) for places in _rows(lines, *PLACES)
        ],
        **{name: [_unit(each) for each in lines[name]] for name in ("unit", "worth_unit")},
    }
    return lines.assign(
        **{name: pd.Series(each, dtype=object, index=lines.index) for name, each in again.items()}
    )


def _unit(title: object) -> object:
    key = unit_key(str(title))
    return unit_text(key) if f"unit.{key}" in catalogue() else title


def _both(text: Text) -> tuple[str, str]:
    return text.nl, text.en


def _notes(book: Book) -> tuple[str, ...]:
    """Return the lines above the summary's header, without its title and the book's own labels."""
    labels = set(label_lines(book))
    for sheet in book.sheets:
        found = find_result(sheet)
        if found is not None and found.table.key == "summary":
            lines = (
                str(value)
                for (row, column), value in sorted(sheet.cells.items())
                if 1 < row < found.header_row and column == 1
            )
            return tuple(line for line in lines if line not in labels)
    return ()
