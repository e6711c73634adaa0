"""What a block of selected cells becomes: pasted, filled down, cleared, rows added or dropped.

Each function returns edits and changes nothing; the session applies them as one step.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.tables.book import RawValue
    from planner.tables.column import Column
    from planner.tables.edits import Edit
    from planner.texts import Language
    from ui.tables.frame_model import FrameModel


Cells = Sequence[tuple[int, int]]  # shown row and column of each selected cell


@dataclass(frozen=True)
class Pasted:
    """The edits of a paste, and how many pasted columns fell outside the table."""

    edits: tuple[Edit, ...]
    columns_lost: int = 0


def copied(model: FrameModel, selected: Cells, language: Language, *, headers: bool) -> str:
    """Return the block around the selected cells as a sheet pastes it: tabs and lines."""
    if not selected:
        return ""
    chosen = set(selected)
    rows = sorted({row for row, _ in chosen})
    columns = sorted({column for _, column in chosen})
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    if headers:
        writer.writerow([model.columns[at].title.in_(language) for at in columns])
    for row in rows:
        writer.writerow(
            cells.typed(model.columns[at], model.cell(row, at), language)
            if (row, at) in chosen
            else ""
            for at in columns
        )
    return text.getvalue()


def pasted(model: FrameModel, selected: Cells, text: str, language: Language) -> Pasted:
    """Return the edits that put a text from the clipboard into the table.

    It goes from the first selected cell on; rows beyond the last are added; one single value
    fills every selected cell; a first line of column titles is taken as such.
    """
    lines = list(csv.reader(io.StringIO(text.rstrip("\n")), delimiter="\t"))
    if not lines:
        return Pasted(())
    top = min((row for row, _ in selected), default=model.rowCount())
    left = min((column for _, column in selected), default=0)
    if _is_header(model, left, lines[0]):
        lines = lines[1:]
    if [len(line) for line in lines] == [1] and len(selected) > 1:
        return Pasted(tuple(_same(model, selected, lines[0][0], language)))
    lost = max((left + len(line) for line in lines), default=0) - len(model.columns)
    return Pasted(tuple(_block(model, top, left, lines, language)), max(lost, 0))


def filled_down(model: FrameModel, selected: Cells) -> tuple[Edit, ...]:
    """Return the edits that give every selected cell what stands in the top one of its column."""
    tops: dict[int, int] = {}
    for row, column in selected:
        tops[column] = min(row, tops.get(column, row))
    return tuple(
        _set(model, row, column, model.cell(tops[column], column))
        for row, column in selected
        if tops[column] != row
    )


def cleared(model: FrameModel, selected: Cells) -> tuple[Edit, ...]:
    """Return the edits that empty the selected cells."""
    return tuple(_set(model, row, column, None) for row, column in selected)


def dropped(model: FrameModel, selected: Cells) -> tuple[Edit, ...]:
    """Return the edits that take the rows of the selected cells away."""
    from planner.tables.edits import DropRow  # noqa: PLC0415 - loaded when first needed, after the first paint

    rows = sorted({model.row_number(row) for row, _ in selected}, reverse=True)
    return tuple(DropRow(model.table.key, row) for row in rows)


def added(model: FrameModel, count: int = 1) -> tuple[Edit, ...]:
    """Return the edits that add empty rows below everything that stands in the sheet."""
    from planner.tables.edits import AddRow  # noqa: PLC0415 - loaded when first needed, after the first paint

    first = model.next_row()
    return tuple(AddRow(model.table.key, first + at, {}) for at in range(count))


def _set(model: FrameModel, row: int, column: int, value: RawValue | None) -> Edit:
    from planner.tables.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    key = model.columns[column].key
    return SetCell(model.table.key, model.row_number(row), key, value)


def _is_header(model: FrameModel, left: int, line: Sequence[str]) -> bool:
    """Whether a line holds the titles of the columns it would be pasted on."""
    titles = [
        {column.key, column.title.nl.casefold(), column.title.en.casefold()}
        for column in model.columns[left : left + len(line)]
    ]
    return bool(titles) and all(
        cell.strip().casefold() in known for cell, known in zip(line, titles, strict=False)
    )


def _same(model: FrameModel, selected: Cells, text: str, language: Language) -> Iterator[Edit]:
    for row, column in selected:
        yield _set(model, row, column, cells.read(model.columns[column], text, language))


def _block(
    model: FrameModel, top: int, left: int, lines: Sequence[Sequence[str]], language: Language
) -> Iterator[Edit]:
    from planner.tables.edits import AddRow, SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    table = model.table.key
    readers = [(column.key, _reader(column, language)) for column in model.columns[left:]]
    there = model.rowCount()
    fresh = model.next_row()
    for at, line in enumerate(lines):
        values = [(key, read(text)) for (key, read), text in zip(readers, line, strict=False)]
        row = top + at
        if row < there:
            number = model.row_number(row)
            for key, value in values:
                yield SetCell(table, number, key, value)
        else:
            yield AddRow(table, fresh + row - there, dict(values))


def _reader(column: Column, language: Language) -> Callable[[str], RawValue | None]:
    """Return what reads a text for a column; the same text is read once, for they repeat."""

    @cache
    def read(text: str) -> RawValue | None:
        return cells.read(column, text, language)

    return read
