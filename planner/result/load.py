"""Reading a plan back from its workbook, for every command, report, comparison and the window.

Its tables are read by the keys of their columns. What the program words itself is worded again, so
that it follows the language; other sentences come back in both languages from the sheet of words,
and in the language of the workbook where an earlier version wrote it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from planner.core.display_names import OF_A_FILE
from planner.core.errors import UnusableInputError
from planner.core.outcome import Ending, Stop
from planner.core.texts import Text, catalogue, message
from planner.files.book_cells import label_lines
from planner.files.reading import read_workbook
from planner.input.book import Book
from planner.model.rules import RULES
from planner.result.plan import LevelValue, Plan, Quantity
from planner.result.plan_of_book import PlanOfBook
from planner.result.provenance import language_of, provenance_in
from planner.result.register import cited
from planner.result.sentences import unit_text
from planner.result.tables import EXPLANATION_COLUMNS, TABLE_COLUMNS
from planner.result.whole_people import as_planned
from planner.sheets.record_sheet import record_of
from planner.sheets.result_sheets import find_result, read_results
from planner.sheets.result_tables import RECORD, RESULT_TABLES, WORDS, Decision
from planner.sheets.units import unit_key

NEEDED = ("levels", "measures", "provenance", "checks", *TABLE_COLUMNS)
# Tables that older plans do not have, and their columns of sentences.
BESIDE = ("costs", "questions", "children")
# Columns that older plans do not have.
NOT_BEFORE = frozenset({"to"})
LATER: Mapping[str, Sequence[str]] = {"decisions": ("cost", "before", "taken")}
TEXTS = ("title", "why", "figure")
CHOICE = "choice"
SECTIONS = ("note", "shortfall", "limit", CHOICE, "repair", "margin")
PLACES = ("location", "province", "region", "group")
_ENDINGS = frozenset({Ending.OPTIMAL.value, Ending.BEST_FOUND.value})

Words = Mapping[str, Text]


def load_plan(path: Path) -> PlanOfBook:
    """Read a plan with its input from a workbook; it is called after its scenario.

    `UnusableInputError` where the file cannot be read, holds no plan, or holds a damaged one: then
    it says which sheet is missing or which cell cannot be read.
    """
    book = read_workbook(path)
    tables = plan_tables(book)
    if tables is None:
        raise UnusableInputError(message("verify.no_plan", file=path.name))
    plan = plan_of_tables(book, tables)
    written_in = None if WORDS.key in tables else language_of(tables["provenance"])
    return PlanOfBook(plan.scenario or path.stem, book, plan, written_in)


def plans_of(paths: Sequence[Path]) -> tuple[PlanOfBook, ...]:
    """Read plans from their workbooks, each under a name that no other has."""
    plans = [load_plan(path) for path in paths]
    names = Counter(plan.name for plan in plans)
    stems = Counter(path.stem for path in paths)
    named = []
    for number, (path, plan) in enumerate(zip(paths, plans, strict=True), start=1):
        name = plan.name
        if names[name] > 1:
            name = f"{path.stem}{OF_A_FILE}{name}"
            if stems[path.stem] > 1:
                name = f"{number}{OF_A_FILE}{name}"
        named.append(replace(plan, name=name))
    return tuple(named)


def plan_in_book(book: Book) -> Plan | None:
    """Return the plan that stands in a book; `None` where it holds none.

    `UnusableInputError` where there are result sheets that cannot be read as a whole plan. Nothing
    of it has been recomputed yet.
    """
    tables = plan_tables(book)
    return None if tables is None else plan_of_tables(book, tables)


def plan_tables(book: Book) -> Mapping[str, pd.DataFrame] | None:
    """Return the sheets of a whole plan by key; `None` where a book holds no plan.

    `UnusableInputError` where a cell of them cannot be read, or a sheet is missing.
    """
    if not any(find_result(sheet) is not None for sheet in book.sheets):
        return None
    tables = read_results(book)
    if not tables.keys() & {"placement", "levels"}:
        return None  # sheets of a forecast or a comparison
    missing = tuple(RESULT_TABLES[name].title for name in NEEDED if name not in tables)
    if missing:
        raise UnusableInputError(message("standing.sheets_missing", sheets=missing))
    return tables


def plan_of_tables(book: Book, tables: Mapping[str, pd.DataFrame]) -> Plan:
    """Return the plan of its sheets; `UnusableInputError` where they do not make one."""
    provenance = provenance_in(tables["provenance"])
    rules = set(tables["shortfalls"]["rule"])
    known = {rule.name for rule in RULES}
    if not rules <= known or provenance.get("ending") not in _ENDINGS:
        raise UnusableInputError(message("standing.not_whole"))
    try:
        plan = _plan_of(book, tables, provenance)
        groups = PlanOfBook(plan.scenario, book, plan).records("groups")
        return replace(plan, grounds={each.group: each.ground for each in groups})
    except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
        # Anyone may have changed the sheets by hand; what is no plan any more is not taken for one.
        raise UnusableInputError(message("standing.not_whole")) from fault


def _plan_of(book: Book, tables: Mapping[str, pd.DataFrame], provenance: Mapping[str, str]) -> Plan:
    ending = Ending(provenance["ending"])
    words = _words(tables)
    tables = as_planned(tables)
    return Plan(
        scenario=provenance.get("scenario", ""),
        fingerprint=provenance.get("fingerprint", ""),
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
        tables=dict(_plain(tables, words)),
        notes=tuple(
            message("standing.note", text=words.get(line, line)) for line in _note_lines(book)
        ),
        provenance=provenance,
        timings={},
        record=record_of(tables.get(RECORD.key)),
    )


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def _plain(tables: Mapping[str, pd.DataFrame], words: Words) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of a plan as the making of one leaves them."""
    for name, columns in TABLE_COLUMNS.items():
        made = [each for each in columns if each in tables[name] or each not in NOT_BEFORE]
        there = [*made, *(each for each in LATER.get(name, ()) if each in tables[name].columns)]
        yield name, _as_made(name, tables[name].reindex(columns=there))
    yield "checks", _worded_again(tables["checks"], words)
    for name in BESIDE:
        if name in tables:
            yield name, _worded_again(tables[name], words)
    if "explanation" in tables:
        lines = _explanation(tables["explanation"], words)
        yield "explanation", lines.assign(sort=_sorts(lines, tables["decisions"]))


def _as_made(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return shortfalls with what each rule rests on, and moves with where to.

    Older plans say neither, and have no column for the second.
    """
    if name == "moves" and "to" in frame:
        to = frame["to"].astype(object)
        return frame.assign(to=to.where(to.notna(), None))
    if name != "shortfalls":
        return frame
    standing = {rule.name: rule.standing.value for rule in RULES}
    return frame.assign(standing=[standing[rule] for rule in frame["rule"]])


def _worded_again(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return a table with its sentences in both languages, as far as the workbook has them."""
    texts = [name for name in TEXTS if name in frame.columns]
    again = {
        name: pd.Series(
            [None if each is None else words.get(str(each), each) for each in frame[name]],
            dtype=object,
            index=frame.index,
        )
        for name in texts
    }
    return frame.assign(**again)


def _explanation(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the lines of the explanation, each again in its section and about its place."""
    parts = {
        word: section
        for section in SECTIONS
        for word in _both(catalogue()[f"explain.is.{section}"])
    }
    rules = {rule.name: rule for rule in RULES}
    lines = frame.reindex(columns=list(EXPLANATION_COLUMNS)).astype(object)
    lines = lines.where(lines.notna(), None)
    sections = [parts.get(str(part), "") for part in lines["part"]]
    known = [rules.get(name) for name in lines["rule"]]
    again: dict[str, list[Any]] = {
        "section": sections,
        "part": [catalogue()[f"explain.is.{name}"] if name else None for name in sections],
        "rule_title": [None if rule is None else rule.title for rule in known],
        "standing": [None if rule is None else rule.standing.value for rule in known],
        "source": [
            None if rule is None else cited(source) or rule.source.label
            for rule, source in zip(known, lines["source"], strict=True)
        ],
        "subject": [
            next((place for place in places if place), None) for places in _rows(lines, *PLACES)
        ],
        "sentence": [words.get(str(sentence), sentence) for sentence in lines["sentence"]],
        **{name: [_unit(title) for title in lines[name]] for name in ("unit", "worth_unit")},
    }
    return lines.assign(
        **{
            name: pd.Series(column, dtype=object, index=lines.index)
            for name, column in again.items()
        }
    )


def _sorts(lines: pd.DataFrame, decisions: pd.DataFrame) -> pd.Series:
    """Return what each line about a choice is a choice of: the sheet says where and in which unit.

    Places are those of a DOL part. A share is of opening or of extending, whichever was decided
    there; where neither was, or both, it stays unsaid.
    """
    shares: dict[object, set[object]] = defaultdict(set)
    for location, decision in _rows(decisions, "location", "decision"):
        if decision != Decision.PREPARE_DOL.value:
            shares[location].add(decision)

    def sort(section: object, location: object, unit: object) -> object:
        if section != CHOICE:
            return None
        if unit == unit_text("places"):
            return "dol"
        (only, *more) = shares.get(location) or {None}
        return None if more else only

    said = [sort(*each) for each in _rows(lines, "section", "location", "unit")]
    return pd.Series(said, dtype=object, index=lines.index)


def _unit(title: object) -> object:
    key = unit_key(str(title))
    return unit_text(key) if f"unit.{key}" in catalogue() else title


def _both(text: Text) -> tuple[str, str]:
    return text.nl, text.en


def _words(tables: Mapping[str, pd.DataFrame]) -> Words:
    """Return the sentences of a workbook in both languages, under either; empty in older ones."""
    frame = tables.get(WORDS.key)
    if frame is None:
        return {}
    both = [Text(str(nl), str(en)) for nl, en in zip(frame["nl"], frame["en"], strict=True)]
    return {text.en: text for text in both} | {text.nl: text for text in both}


def _note_lines(book: Book) -> tuple[str, ...]:
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
