"""From a file to a `Book`: every cell as it stands, mistakes included.

The file is read into memory once and never opened again, so that it is not locked and cannot
change meanwhile. A formula without a stored result and an error cell stay visible as such: read
as empty, they would turn into "no places" without a word.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.formula import ArrayFormula

from planner.core.collector import without_collecting
from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import catalogue, message
from planner.files.beside_cells import comments_of, is_table_filtered, persons_outside_cells
from planner.files.csv_file import read_separated
from planner.files.escapes import decoded
from planner.files.faults import (
    LARGEST_CONTENT,
    LARGEST_SHEET,
    LOST_IN_COPY,
    MOST_CELLS,
    MOST_ROWS,
    FileKind,
    check_parts,
    check_sheet,
    content_of,
    kind_of,
    left_behind,
    opened_zip,
    refuse_definitions,
    unusable,
)
from planner.files.guide import is_guide
from planner.files.lists import LISTS_SHEET
from planner.files.made_by import refuse_newer
from planner.files.ods_file import read_open_document
from planner.files.other_forms import in_usual_form, without_empty_end
from planner.files.shared_texts import StruckText, opened_workbook
from planner.files.sheet_layout import look_findings, look_of
from planner.files.sheet_rows import TooLongError, filled_cells
from planner.files.xls_file import read_old_excel
from planner.input.book import Book, CellError, RawSheet, RawValue, SheetLook, Uncalculated
from planner.input.recognise import persons_in, recognise
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result

# What the reading library and the zip and XML readers below it raise on a damaged file.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    RuntimeError,
    OverflowError,
)

_SECONDS_A_DAY = 86_400
# A sheet calculates with floats; what is written larger than one can be is no number to it.
_HUGE = 1e300
_PIECE = 1 << 20
# A text may stand once in the file and in a million cells, each of which is looked at.
_MOST_LETTERS = 50_000_000

Read = tuple[tuple[RawSheet, ...], tuple[Finding, ...]]


def read_workbook(path: Path) -> Book:
    """Read a file of any known kind; `UnusableInputError` where it cannot be used as a whole.

    Known are .xlsx and .xlsm (whose macros never run), .xls, .ods and .csv.
    """
    content = content_of(path)
    kind = kind_of(content, path)
    sheets, remarks = _sheets_in(content, kind, path)
    book = book_of(sheets, path.name, remarks)
    if kind is FileKind.EXCEL:
        return replace(book, package=content)
    return replace(book, source=kind.value)


def read_sheets(path: Path) -> Read:
    """Return the sheets of a file as they stand, and what is to be said of how it was read."""
    content = content_of(path)
    return _sheets_in(content, kind_of(content, path), path)


def sheets_of(content: bytes, name: str) -> Read:
    """Return the sheets of a workbook that the program has just written, as `read_sheets` does."""
    return _sheets_in(content, FileKind.EXCEL, Path(name))


def sheets_named(path: Path, names: Container[str]) -> tuple[RawSheet, ...]:
    """Return the sheets with these names of a workbook that the program has just written.

    The others are looked for and not read.
    """
    return _read_by(partial(_excel, names=names), content_of(path), path)[0]


def _sheets_in(content: bytes, kind: FileKind, path: Path) -> Read:
    sheets, remarks = _read_by(_READERS[kind], content, path)
    if not any(sheet.cells for sheet in sheets):
        raise unusable("no_content", file=path.name)
    return sheets, remarks


def _read_by(reader: Callable[[bytes, str], Read], content: bytes, path: Path) -> Read:
    try:
        with without_collecting(), _quietly():
            sheets, remarks = reader(content, path.name)
    except UnusableInputError:
        raise
    except TooLongError as fault:
        raise unusable("too_large", file=path.name) from fault
    except _DAMAGE as fault:
        raise unusable("damaged", file=path.name) from fault
    letters = sum(len(each) for each in _cells(sheets) if isinstance(each, str))
    if letters > _MOST_LETTERS:
        raise unusable("too_large", file=path.name)
    return sheets, remarks


def _cells(sheets: Iterable[RawSheet]) -> Iterator[RawValue]:
    for sheet in sheets:
        yield from sheet.cells.values()


def _excel(content: bytes, name: str, names: Container[str] | None = None) -> Read:
    with opened_zip(content, name) as archive:
        check_parts(archive, name)
        usual = in_usual_form(content, archive)
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        if usual is not content:
            check_parts(archive, name)
        refuse_definitions(archive, name)
        refuse_newer(archive, name)
        more = left_behind(archive)
        sheets = tuple(_sheets(usual, archive, name, names))
        persons = tuple(persons_outside_cells(archive))
    return sheets, (*persons, *(_left_behind(more) if more else ()))


def _old_excel(content: bytes, name: str) -> Read:
    return read_old_excel(content, name), _remarks("results_only")


def _open_document(content: bytes, name: str) -> Read:
    sheets, formulas = read_open_document(content, name)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        refuse_newer(archive, name)
        persons = tuple(persons_outside_cells(archive))
    return sheets, (*persons, *(_remarks("results_only") if formulas else ()))


def _separated(content: bytes, name: str) -> Read:
    sheet, remark = read_separated(content, name)
    return (sheet,), (remark,)


_READERS: dict[FileKind, Callable[[bytes, str], Read]] = {
    FileKind.EXCEL: _excel,
    FileKind.OLD_EXCEL: _old_excel,
    FileKind.OPEN_DOCUMENT: _open_document,
    FileKind.SEPARATED: _separated,
}


def book_of(sheets: tuple[RawSheet, ...], name: str, findings: tuple[Finding, ...] = ()) -> Book:
    """Make a book of sheets: tables recognised, result sheets of an earlier plan kept apart."""
    ours = {
        each.name
        for each in sheets
        if is_overview(each) or is_guide(each) or find_result(each) is not None
    }
    input_sheets = [each for each in sheets if each.name not in ours | {LISTS_SHEET}]
    found = recognise(input_sheets)
    persons = {
        each.name: persons_in(each, None, is_result=True) for each in sheets if each.name in ours
    }
    told = [finding for findings, _ in persons.values() for finding in findings]
    kept = {each.name for each in found.sheets}
    kept |= {name for name, (_, refused) in persons.items() if not refused}
    looks = look_findings(sheets, found.tables)
    return Book(
        tables=found.tables,
        sheets=tuple(each for each in sheets if each.name in kept),
        findings=(*findings, *told, *found.findings, *looks),
        name=name,
    )


def _left_behind(sorts: tuple[str, ...]) -> tuple[Finding, ...]:
    named = catalogue()
    all_, lost = (
        tuple(named[f"left.{each}"] for each in sorts if each in wanted)
        for wanted in (sorts, LOST_IN_COPY)
    )
    if not lost and "macros" not in sorts:
        return ()  # saving keeps all that, and so does a copy with findings
    what = message("file.left_behind", sorts=all_)
    key = "file.left_behind.lost" if lost else "file.left_behind.todo"
    todo = message(key, lost=lost) if lost else message(key)
    return (Finding(Severity.REMARK, what, todo),)


def _remarks(key: str) -> tuple[Finding, ...]:
    what, todo = message(f"file.{key}"), message(f"file.{key}.todo")
    return (Finding(Severity.REMARK, what, todo),)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the reading library's warnings, about styles and extensions, from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheets(
    content: bytes, archive: zipfile.ZipFile, file: str, wanted: Container[str] | None
) -> Iterator[RawSheet]:
    """Yield the sheets, or those wanted; those with formulas are read again for their results."""
    formulas = opened_workbook(content, data_only=False)
    names = [str(sheet.title).casefold() for sheet in formulas.worksheets]
    if len(names) != len(set(names)):
        raise ValueError("two sheets have one name")
    results: Workbook | None = None
    count = rows = size = 0
    for sheet in formulas.worksheets:
        if wanted is not None and sheet.title not in wanted:
            continue
        part = _part_of(sheet, archive, file)
        count += (part.count(b"v>") + part.count(b"is>")) // 2  # a value opens and closes
        rows += part.count(b"row>")
        size += len(part)  # several sheets may name one part
        if count > MOST_CELLS or rows > MOST_ROWS or size > LARGEST_CONTENT:
            raise unusable("too_large", file=file)
        check_sheet(part, file)
        look = look_of(part)
        if look.hidden_rows and is_table_filtered(archive, _path_of(sheet)):
            look = replace(look, filtered=True)
        read = _read_sheet(sheet, part, look)
        if read.formulas:
            results = results or opened_workbook(content, data_only=True)
            read = _with_results(read, results[read.name], part)
        yield replace(read, notes=comments_of(archive, _path_of(sheet)))


def _part_of(sheet: ReadOnlyWorksheet, archive: zipfile.ZipFile, file: str) -> bytes:
    """Return a sheet's XML, read by pieces: at once, the library holds it twice."""
    name = _path_of(sheet)
    if archive.getinfo(name).file_size > LARGEST_SHEET:
        raise unusable("too_large", file=file)
    with archive.open(name) as source:
        part = bytearray()
        while piece := source.read(_PIECE):
            part += piece
    return without_empty_end(bytes(part))


def _path_of(sheet: ReadOnlyWorksheet) -> str:
    return str(vars(sheet)["_worksheet_path"]).lstrip("/")


def _read_sheet(sheet: ReadOnlyWorksheet, part: bytes, look: SheetLook) -> RawSheet:
    """Return a sheet's cells; where a formula stands, its text stands in for its result."""
    cells: dict[tuple[int, int], RawValue] = {}
    formulas: dict[tuple[int, int], str] = {}
    formats: dict[tuple[int, int], str] = {}
    struck: set[tuple[int, int]] = set()
    known: dict[int, _Style] = {0: _Style("General", struck=False)}
    texts = _Texts()
    for at, value, kind, style in filled_cells(sheet, part):
        if kind == "f":
            formulas[at] = _formula(value)
        else:
            # Most cells of a plan are plain numbers; they need no look at what they are.
            plain = kind == "n" and -_HUGE < value < _HUGE
            found = value if plain else _found(value, kind, texts)
            if found is not None:
                cells[at] = found
        if style not in known:
            cell = ReadOnlyCell(sheet, *at, None, style_id=style)
            known[style] = _Style(cell.number_format, struck=bool(cell.font.strike))
        number_format, is_struck = known[style]
        if number_format != "General":
            formats[at] = number_format
        if is_struck or type(value) is StruckText:
            struck.add(at)
    look = replace(look, struck=frozenset(struck))
    return RawSheet(sheet.title, cells, formulas, formats, sheet.sheet_state, look)


class _Texts(dict[str, str | None]):
    """The texts of a sheet as they are meant: the same names stand in many cells."""

    def __missing__(self, written: str) -> str | None:
        """Return a text that is seen for the first time."""
        self[written] = meant = _text(written)
        return meant


def _found(value: object, kind: str, texts: _Texts) -> RawValue | None:
    if kind == "s" and type(value) is str:
        return texts[value]
    return _value(value, kind)


class _Style(NamedTuple):
    number_format: str
    struck: bool


def _with_results(read: RawSheet, results: ReadOnlyWorksheet, part: bytes) -> RawSheet:
    """Return a sheet with the stored result of each formula, or the mark that there is none."""
    stored = {
        at: _value(value, kind)
        for at, value, kind, _ in filled_cells(results, part)
        if at in read.formulas
    }
    cells = dict(read.cells)
    for at, formula in read.formulas.items():
        # A result that is an empty text was calculated, and leaves the cell empty.
        value = stored.get(at, Uncalculated(formula))
        if value is not None:
            cells[at] = value
    return replace(read, cells=cells)


def _value(value: object, kind: str) -> RawValue | None:
    if kind == "e":
        return CellError(str(value))
    convert = _CONVERSIONS.get(type(value))
    return cast("RawValue | None", value if convert is None else convert(value))


def _day(value: dt.datetime) -> dt.date:
    """Return a moment at midnight as a day, any other as it is."""
    return value.date() if value.time() == dt.time() else value


def _days(value: dt.timedelta) -> float:
    """Return a duration as the number of days that stands in the file."""
    return value.total_seconds() / _SECONDS_A_DAY


def _whole(value: int) -> int | float:
    return value if abs(value) < _HUGE else math.copysign(math.inf, value)


def _text(value: str) -> str | None:
    return decoded(str(value)) or None


def _formula(value: object) -> str:
    """Return a formula's text; one that fills a range stands in braces."""
    if isinstance(value, ArrayFormula):
        return f"{{{value.text}}}"
    return value if isinstance(value, str) else "="


_CONVERSIONS: dict[type[Any], Callable[[Any], RawValue | None]] = {
    dt.datetime: _day,
    dt.timedelta: _days,
    int: _whole,
    str: _text,
    StruckText: _text,
}
