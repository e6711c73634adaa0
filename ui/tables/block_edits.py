"""What a block of selected cells becomes: pasted, filled down, cleared, rows added or dropped.

Each function returns edits and changes nothing; the session applies them as one step.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from planner.importing.words import is_heading
from ui.tables import cells
from ui.tables.series import gone_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.core.texts import Language
    from planner.input.book import RawValue, TableSheet
    from planner.input.column import Column
    from planner.input.edits import Edit
    from ui.tables.frame_model import FrameModel


ROWS_AT_ONCE = 200  # of a paste: some milliseconds of reading
EDITS_AT_ONCE = 1000  # of clearing and filling
MANY = 2000  # edits that are applied by and by, so that the window does not wait
Cells = Sequence[tuple[int, int]]  # shown row and column of each selected cell


@dataclass(frozen=True)
class _Target:
    """Where a paste goes: rows of the sheet by number, then new ones; columns, `None` for lost."""

    rows: Sequence[int]
    columns: Sequence[int | None]
    fresh: int  # the number of the first new row


def copied(model: FrameModel, selected: Cells, language: Language, *, headers: bool) -> str:
    """Return the block around the selected cells as a sheet pastes it: tabs and lines."""
    if not selected:
        return ""
    chosen = set(selected)
    rows = sorted({row for row, _ in chosen})
    columns = sorted({column for _, column in chosen})
    whole = len(chosen) == len(rows) * len(columns)
    typed = [_typer(model.columns[at], language) for at in columns]
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    if headers:
        writer.writerow([model.columns[at].title.in_(language) for at in columns])
    for row in rows:
        writer.writerow(
            of(model.cell(row, at)) if whole or (row, at) in chosen else ""
            for at, of in zip(columns, typed, strict=True)
        )
    return text.getvalue()


def pasted(
    model: FrameModel,
    selected: Cells,
    text: str,
    language: Language,
    hidden: frozenset[int] = frozenset(),
) -> tuple[Iterator[tuple[Edit, ...]], int, int]:
    """Return the edits that put a text from the clipboard into the table.

    They come by and by, some rows at a time, then the columns lost and rows added.
    It goes from the first selected cell on, over the rows and columns that are shown and no others;
    rows beyond the last are added. A first line of titles leads each column to its own. One value
    fills every selected cell, and a block fills a selection that it fits a whole number of times.
    The parts do not look at the model again, which may change meanwhile.
    """
    lines = lines_of(text)
    if not lines:
        return iter(()), 0, 0
    shown = [at for at in range(len(model.columns)) if at not in hidden]
    top = min((row for row, _ in selected), default=model.rowCount())
    left = min((column for _, column in selected if column in shown), default=shown[0])
    titled = _titled(model, left, lines)
    if titled is not None:
        lines, columns = lines[1:], titled
    else:
        if [len(line) for line in lines] == [1] and len(selected) > 1:
            return iter([tuple(_same(model, selected, lines[0][0], language))]), 0, 0
        lines = _repeated(lines, selected)
        columns = list(shown[shown.index(left) :])
        columns += [None] * (max(map(len, lines), default=0) - len(columns))
    there = range(top, min(top + len(lines), model.rowCount()))
    target = _Target([model.row_number(row) for row in there], columns, model.next_row)
    used = columns[: max(map(len, lines), default=0)]
    parts = _block(model, target, lines, language)
    return parts, used.count(None), len(lines) - len(there)


_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)')
_QUOTE_FIRST = re.compile(r'(?:^|[\t\n])"')
_END = re.compile(r"[\t\n]")


_TITLES = 2  # so many known titles at least, above a row at least


def is_of_another_layout(model: FrameModel, left: int, text: str) -> bool:
    """Whether a text begins with titles of another layout, above rows with figures.

    They are titles that people use elsewhere, half of them known, and none of them a figure.
    """
    lines = lines_of(text)
    if len(lines) < _TITLES or _titled(model, left, lines) is not None:
        return False
    titles = [each.strip() for each in lines[0] if each.strip()]
    figures = any(letter.isdigit() for line in lines[1:] for cell in line for letter in cell)
    known = sum(is_heading(each) for each in titles)
    return figures and known >= max(_TITLES, (len(titles) + 1) // 2)


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of a text as spreadsheets put it on the clipboard: tabs and lines.

    A cell that begins with a quote is a quoted one only where the quote also ends it.
    """
    if not text:
        return []
    text = text.replace("\r\n", "\n").removesuffix("\n")
    if _QUOTE_FIRST.search(text) is None:
        return [line.split("\t") for line in text.split("\n")]
    lines: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        end = quoted.end() if quoted else _end_of_cell(text, at)
        lines[-1].append(quoted[1].replace('""', '"') if quoted else text[at:end])
        if text[end : end + 1] == "\n":
            lines.append([])
        at = end + 1
    return lines


def _end_of_cell(text: str, at: int) -> int:
    found = _END.search(text, at)
    return len(text) if found is None else found.start()


def filled_down(model: FrameModel, selected: Cells) -> Iterator[Edit]:
    """Return the edits that give every selected cell what stands in the top one of its column."""
    tops: dict[int, int] = {}
    for row, column in selected:
        tops[column] = min(row, tops.get(column, row))
    values = {column: model.cell(row, column) for column, row in tops.items()}
    return _set_all(model, [each for each in selected if tops[each[1]] != each[0]], values)


def filled_on(
    model: FrameModel, begun: tuple[range, range], whole: tuple[range, range]
) -> tuple[Edit, ...]:
    """Return the edits that go on from a block of cells over a larger one, down or to the right.

    Both are rows and columns as they are shown, and begin at the same cell.
    """
    from planner.input.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    (rows, columns), (all_rows, all_columns) = begun, whole
    table, keys = model.table.key, [each.key for each in model.columns]
    edits: list[Edit] = []
    for column in columns:
        following = gone_on([model.cell(row, column) for row in rows])
        edits += [
            SetCell(table, model.row_number(row), keys[column], following(at))
            for at, row in enumerate(all_rows[len(rows) :])
        ]
    for row in rows if len(all_columns) > len(columns) else ():
        following = gone_on([model.cell(row, column) for column in columns])
        edits += [
            SetCell(table, model.row_number(row), keys[column], following(at))
            for at, column in enumerate(all_columns[len(columns) :])
        ]
    return tuple(edits)


def replaced(
    model: FrameModel, places: Cells, text: str, instead: str, language: Language
) -> tuple[Edit, ...]:
    """Return the edits that put a text in the place of another wherever cells hold it.

    A cell holds what is typed in it, whatever its case; what then stands there is read as typed.
    """
    sought = re.compile(re.escape(text), re.IGNORECASE)
    typed = [_typer(column, language) for column in model.columns]
    edits = []
    for row, column in places:
        before = typed[column](model.cell(row, column))
        after = sought.sub(lambda _: instead, before)
        if after != before:
            value = cells.read(model.columns[column], after, language)
            edits.append(_set(model, row, column, value))
    return tuple(edits)


def cleared(model: FrameModel, selected: Cells) -> Iterator[Edit]:
    """Return the edits that empty the selected cells."""
    return _set_all(model, selected, {})


def in_parts(edits: Iterable[Edit]) -> Sequence[Edit] | Iterator[Sequence[Edit]]:
    """Return edits as the session takes them: few at once, many by and by."""
    left = iter(edits)
    first = tuple(islice(left, MANY))
    if len(first) < MANY:
        return first
    return chain([first], iter(lambda: tuple(islice(left, EDITS_AT_ONCE)), ()))


def _set_all(
    model: FrameModel, places: Cells, values: Mapping[int, RawValue | None]
) -> Iterator[Edit]:
    """Give cells the value of their column, none where it has none.

    Where they are in the sheet is looked up now, for the order of the rows may change meanwhile.
    """
    from planner.input.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    table, keys = model.table.key, [each.key for each in model.columns]
    at = [(model.row_number(row), column) for row, column in places]
    return (SetCell(table, row, keys[column], values.get(column)) for row, column in at)


def typed_in(
    sheet: TableSheet | None, table: str, changes: Iterable[tuple[int, str, Any]]
) -> tuple[Edit, ...]:
    """Return the edits that put values in cells, but for rows that are gone meanwhile."""
    from planner.input.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    there = () if sheet is None else sheet.frame.index
    return tuple(SetCell(table, row, key, value) for row, key, value in changes if row in there)


def dropped(model: FrameModel, selected: Cells) -> tuple[Edit, ...]:
    """Return the edits that take the rows of the selected cells away."""
    from planner.input.edits import DropRow  # noqa: PLC0415 - loaded when first needed, after the first paint

    rows = sorted({model.row_number(row) for row, _ in selected}, reverse=True)
    return tuple(DropRow(model.table.key, row) for row in rows)


def added(model: FrameModel, count: int = 1) -> tuple[Edit, ...]:
    """Return the edits that add empty rows below everything that stands in the sheet."""
    from planner.input.edits import AddRow  # noqa: PLC0415 - loaded when first needed, after the first paint

    first = model.next_row
    return tuple(AddRow(model.table.key, first + at, {}) for at in range(count))


def _set(model: FrameModel, row: int, column: int, value: RawValue | None) -> Edit:
    from planner.input.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    key = model.columns[column].key
    return SetCell(model.table.key, model.row_number(row), key, value)


def _titled(
    model: FrameModel, left: int, lines: Sequence[Sequence[str]]
) -> list[int | None] | None:
    """Return the columns that a first line of titles names, `None` for a title that is not known.

    Nothing where the first line is no line of titles. One title alone counts only above values and
    for the column it is pasted on; of more titles at least two, and half of them, must be known.
    """
    titles = {
        title: at
        for at, column in enumerate(model.columns)
        for title in (column.key, column.title.nl.casefold(), column.title.en.casefold())
    }
    found = [titles.get(cell.strip().casefold()) for cell in lines[0]]
    known = [each for each in found if each is not None]
    if len(found) == 1:
        return found if len(lines) > 1 and found == [left] else None
    clear = len(known) == len(set(known)) >= 2  # noqa: PLR2004 - one alone may be a value
    return found if clear and len(known) * 2 >= len(found) else None


def _repeated(lines: list[list[str]], selected: Cells) -> list[list[str]]:
    """Return the lines as often as they fill the selection, where they do so exactly."""
    rows = {row for row, _ in selected}
    across = len({column for _, column in selected})
    width = len(lines[0])
    whole = len(selected) == len(rows) * across and max(rows, default=0) - min(
        rows, default=0
    ) + 1 == len(rows)
    even = all(len(line) == width for line in lines)
    if not whole or not even or len(rows) % len(lines) or (across > 1 and across % width):
        return lines
    return [line * max(across // width, 1) for line in lines] * (len(rows) // len(lines))


def _same(model: FrameModel, selected: Cells, text: str, language: Language) -> Iterator[Edit]:
    for row, column in selected:
        yield _set(model, row, column, cells.read(model.columns[column], text, language))


def _block(
    model: FrameModel, target: _Target, lines: Sequence[Sequence[str]], language: Language
) -> Iterator[tuple[Edit, ...]]:
    from planner.input.edits import AddRow, SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

    table = model.table.key
    readers = [
        None if at is None else (model.columns[at].key, _reader(model.columns[at], language))
        for at in target.columns
    ]
    for first in range(0, len(lines), ROWS_AT_ONCE):
        part: list[Edit] = []
        for at in range(first, min(first + ROWS_AT_ONCE, len(lines))):
            values = {
                reader[0]: reader[1](text)
                for reader, text in zip(readers, lines[at], strict=False)
                if reader is not None
            }
            if at < len(target.rows):
                part += [SetCell(table, target.rows[at], key, each) for key, each in values.items()]
            else:
                part.append(AddRow(table, target.fresh + at - len(target.rows), values))
        yield tuple(part)


def _typer(column: Column, language: Language) -> Callable[[RawValue | None], str]:
    """Return what types the values of a column; the same value is typed once, for they repeat."""

    @lru_cache(maxsize=None, typed=True)
    def typed(value: RawValue | None) -> str:
        return cells.typed(column, value, language)

    return typed


def _reader(column: Column, language: Language) -> Callable[[str], RawValue | None]:
    """Return what reads a text for a column; the same text is read once, for they repeat."""

    @cache
    def read(text: str) -> RawValue | None:
        return cells.read(column, text, language)

    return read
