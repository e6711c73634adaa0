"""What must hold of a spoiled workbook: it is read as openpyxl reads it, or refused in words."""

from __future__ import annotations

import datetime as dt
import io
import signal
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell

from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book, CellError, RawValue, Uncalculated
from planner.input.case import parse
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


@dataclass(frozen=True)
class Judged:
    """How a spoiled file was read: what is wrong (nothing where all is well) and what it took."""

    name: str
    fault: str
    refused: bool
    seconds: float
    most_bytes: int


def judged(seed: int, folder: Path) -> Judged:
    """Read the spoiled file of a seed and judge how that went."""
    name, content = spoiled(seed)
    path = folder / name
    path.write_bytes(content)
    began = time.process_time()
    with peak() as held:
        book, fault = _read(path)
    seconds = time.process_time() - began
    path.unlink()
    if not fault and held[0] > MOST_BYTES:
        fault = "more than 1 GB"
    if not fault and book is not None and content.startswith(b"PK"):
        fault = _differs(book, content)
    return Judged(name, fault, book is None, seconds, held[0])


def _read(path: Path) -> tuple[Book | None, str]:
    """Return the book of a file, if it is not refused, and what is wrong with how it was read."""
    try:
        with at_most(LONGEST_S):
            book = read_workbook(path)
            findings = (*book.findings, *parse(book).findings)
            for each in findings:
                each.line(Language.NL)
    except UnusableInputError as refused:
        return None, "" if refused.findings else "refused without a finding"
    except TooLongError:
        return None, "longer than 10 s"
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
        return None, f"{type(fault).__name__}: {fault}"
    return book, ""


@contextmanager
def peak() -> Iterator[list[int]]:
    """Give a list that holds, at the end, the most bytes that the process held meanwhile.

    Where the system cannot begin to measure anew, the most it ever held; on Windows 0.
    """
    found: list[int] = []
    fresh = _measured_anew()
    try:
        yield found
    finally:
        found.append(_most_since() if fresh else _most_ever())


def _measured_anew() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def _most_since() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * _KILO for line in status.splitlines() if "VmHWM" in line)


def _most_ever() -> int:
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
        values_there = _stored(values[sheet.name])
        theirs = _cells(values_there, _stored(formulas[sheet.name]))
        covered = {at for at, cell in values_there.items() if isinstance(cell, MergedCell)}
        ours = {at: value for at, value in sheet.cells.items() if at not in covered}
        if list(map(repr, _sorted(ours))) != list(map(repr, _sorted(theirs))):
            odd = set(map(repr, _sorted(ours))) ^ set(map(repr, _sorted(theirs)))
            return f"{sheet.name}: {sorted(odd)[:4]}"
    return ""


def _sorted(cells: Cells) -> list[tuple[tuple[int, int], RawValue]]:
    return sorted(cells.items(), key=lambda cell: cell[0])


def _stored(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the cells that a sheet holds; its own walk makes those in between too."""
    return dict(sheet._cells)  # noqa: SLF001 - openpyxl keeps them nowhere else


def _cells(values: dict[tuple[int, int], Any], formulas: dict[tuple[int, int], Any]) -> Cells:
    found: dict[tuple[int, int], RawValue] = {}
    for at, cell in values.items():
        value = _plain(cell.value)
        if cell.data_type == "e":
            value = CellError(str(cell.value))
        formula = formulas[at]
        if formula.data_type == "f" and cell.value is None and cell.data_type == "n":
            value = Uncalculated(str(formula.value))
        if value is not None and value != "":
            found[at] = value
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86_400
    return value
