"""Edits of cells that are addressed by table, key and column, as people and files name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language, Message, Text, message
from planner.input.book import Book, RawValue
from planner.input.edits import AddRow, Edit, SetCell, next_row
from planner.input.records import table as table_of
from planner.input.scenarios.by_key import EditsByKey, address_of, names_of_key
from planner.input.scenarios.said_periods import SentenceError
from planner.input.scenarios.scenario import changes_of, unusable_edit
from planner.input.scenarios.sentences import Sentences
from planner.input.settings import ScenarioEdit
from planner.input.typed import TypedRow, read_tables


@dataclass(frozen=True)
class EditLine:
    """The value of one cell, addressed by its table, the key of its row and its column.

    The key's parts are joined by `|`. `file` and `cell` are where it was written, if anywhere.
    """

    table: str
    key: str
    column: str
    value: RawValue | None
    file: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the line as it may be written."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        value = "" if value is None else str(value)
        return f"{self.table},{self.key},{self.column},{value}"

    @property
    def both(self) -> Text:
        """The line as a planner of each language writes it, which is read as well."""
        return Text(*(self._in(each) for each in Language))

    def _in(self, language: Language) -> str:
        table_key, key, column_key = address_of(self.table, self.key, self.column)
        try:
            declared = table_of(table_key)
            column = declared.column(column_key).title.in_(language)
        except KeyError:
            return str(self)
        key = names_of_key(declared, key, language)
        return str(replace(self, table=declared.title.in_(language), key=key, column=column))


def edit_line_of(written: str) -> EditLine:
    """Return a line as it was written: table, key, column and value with commas between.

    A key may have commas of its own. `ValueError` where there are not four parts.
    """
    table, *key, column, value = (part.strip() for part in written.split(","))
    if not key:
        raise ValueError(written)
    return EditLine(table, ",".join(key), column, _typed(value))


def _typed(written: str) -> RawValue | None:
    """Return a value as a cell would hold it: a number or a date where it is written as one."""
    if not written:
        return None
    try:
        return int(written) if written.lstrip("-").isdigit() else float(written)
    except ValueError:
        pass
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return written


def edits_in(book: Book, scenario: str, lines: Sequence[EditLine]) -> tuple[Edit, ...]:
    """Return the edits of lines in a book; of a cell that the scenario changes, where that stands.

    `UnusableInputError` with a finding a line that names no table, row or column of the book.
    """
    typed, _ = read_tables(book)
    making, reading = EditsByKey(book, typed), Sentences(typed)
    changed = {
        address_of(each.record.table, each.record.key, each.record.column): each.row
        for each in changes_of(typed, scenario)
    }
    says = {each.row: each.record for each in typed.rows("scenarios")}
    below = next_row(book, "scenarios")
    edits: list[Edit] = []
    findings: list[Finding] = []
    for line in lines:
        address = address_of(line.table, line.key, line.column)
        row = changed.get(address)
        if row is not None:
            said = says[row]
            if address == address_of(said.table, said.key, said.column):
                edits.append(SetCell("scenarios", row, "value", line.value))
            else:
                # That row says more than this cell; one below it changes this cell alone.
                edits.append(AddRow("scenarios", below, _cells(scenario, line)))
                below += 1
            continue
        record = _record(scenario, line)
        try:
            changes = reading.plain(TypedRow(0, record))
            edits.extend([making.of(each.record) for each in changes])
        except SentenceError as fault:
            findings.append(_fault(line, fault.what, fault.todo))
        except LookupError:
            _, what, todo = unusable_edit(record, typed)
            findings.append(_fault(line, what, todo))
    if findings:
        raise UnusableInputError(refusal(lines), tuple(findings))
    return tuple(edits)


def _cells(scenario: str, line: EditLine) -> dict[str, RawValue | None]:
    cells = {"table": line.table, "key": line.key, "column": line.column, "value": line.value}
    return {"scenario": scenario, **cells}


def _record(scenario: str, line: EditLine) -> ScenarioEdit:
    return ScenarioEdit(
        scenario=scenario, table=line.table, key=line.key, column=line.column, value=line.value
    )


def _fault(line: EditLine, what: Message, todo: Message) -> Finding:
    return Finding(Severity.ERROR, what, todo, sheet=line.file, cell=line.cell)


def refusal(lines: Sequence[EditLine]) -> Message:
    """Return that edits are not taken, and that everything stays as it was."""
    return message("what_if.refused", edit="; ".join(map(str, lines)))
