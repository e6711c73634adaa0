"""What must hold of a spoiled workbook: it is read as openpyxl reads it, or refused in words."""

from __future__ import annotations

import datetime as dt
import io
import signal
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell

from planner.errors import UnusableInputError
from planner.tables.book import Book, CellError, RawValue, Uncalculated
from planner.tables.case import parse
from planner.texts import Language
from planner.workbook.reading import read_workbook
from tests.fuzz.mutations import spoiled

LONGEST_S = 10
MOST_BYTES = 1_000_000_000
_KILO = 1024

Cells = Mapping[tuple[int, int], RawValue]


class TooLongError(Exception):
    """Reading took longer than anybody waits."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """End what keeps the processor busy for longer; Windows has no such alarm."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signals call it
        raise TooLongError

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fault_of(seed: int, folder: Path) -> str:
    """Return what is wrong with how a spoiled workbook is read; nothing where all is well."""
    content = spoiled(seed)
    path = folder / "spoiled.xlsx"
    path.write_bytes(content)
    try:
        with at_most(LONGEST_S):
            book = read_workbook(path)
            findings = (*book.findings, *parse(book).findings)
            for each in findings:
                each.line(Language.NL)
    except UnusableInputError as refused:
        return "" if refused.findings else "refused without a finding"
    except TooLongError:
        return "longer than 10 s"
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
        return f"{type(fault).__name__}: {fault}"
    if _most_bytes() > MOST_BYTES:
        return "more than 1 GB"
    return _differs(book, content)


def _most_bytes() -> int:
    """Return the most memory this process has held; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - not there on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KILO


def _differs(book: Book, content: bytes) -> str:
    """Return where a book differs from what openpyxl itself reads, in the sheets that are kept."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - a file that only we can read has nothing to differ from
        return ""
    for sheet in book.sheets:
        if sheet.name not in values.sheetnames:
            return f"{sheet.name}: not there"
        theirs = _cells(values[sheet.name], formulas[sheet.name])
        covered = {
            (cell.row, cell.column)
            for row in values[sheet.name].iter_rows()
            for cell in row
            if isinstance(cell, MergedCell)
        }
        ours = {at: value for at, value in sheet.cells.items() if at not in covered}
        if list(map(repr, _sorted(ours))) != list(map(repr, _sorted(theirs))):
            odd = set(map(repr, _sorted(ours))) ^ set(map(repr, _sorted(theirs)))
            return f"{sheet.name}: {sorted(odd)[:4]}"
    return ""


def _sorted(cells: Cells) -> list[tuple[tuple[int, int], RawValue]]:
    return sorted(cells.items(), key=lambda cell: cell[0])


def _cells(values: Any, formulas: Any) -> Cells:  # noqa: ANN401 - the library's own types say less
    found: dict[tuple[int, int], RawValue] = {}
    for row in values.iter_rows():
        for cell in row:
            value = _plain(cell.value)
            if cell.data_type == "e":
                value = CellError(str(cell.value))
            formula = formulas.cell(cell.row, cell.column)
            if formula.data_type == "f" and cell.value is None and cell.data_type == "n":
                value = Uncalculated(str(formula.value))
            if value is not None and value != "":
                found[cell.row, cell.column] = value
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86_400
    return value
