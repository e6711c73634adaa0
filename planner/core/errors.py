"""What can go wrong, for people: every error says what, where and what to do.

A `Finding` is one remark or error about the input; `OpvangplanError` and its kinds carry a
message of the catalogue, so that the command line and the window word it in the user's language.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from planner.core.texts import Language, Message, Text, message

# How the keys of findings begin that are about data of single persons.
ABOUT_PERSONS = "finding.persons"


class Severity(StrEnum):
    """An error stops the planning; a remark does not."""

    ERROR = "error"
    REMARK = "remark"

    @property
    def label(self) -> Text:
        """The word for it in both languages."""
        return {"error": Text("fout", "error"), "remark": Text("opmerking", "remark")}[self.value]


@dataclass(frozen=True)
class Finding:
    """One thing to know about the input: where it stands, what is wrong and what to do.

    `sheet` is the name as in the file and `cell` an address such as `C7`; `table`, `row` and
    `column` are the same place in the program's own terms, where it has one.
    """

    severity: Severity
    what: Message
    todo: Message
    sheet: str = ""
    cell: str = ""
    table: str = ""
    row: int | None = None
    column: str = ""

    def line(self, language: Language) -> str:
        """Return the finding as one line: place, severity, what is wrong; what to do."""
        place = f"{self.sheet}!{self.cell}" if self.cell else (self.sheet or "-")
        severity = self.severity.label.in_(language)
        return f"{place}  {severity}  {self.what.text(language)}; {self.todo.text(language)}"


class OpvangplanError(Exception):
    """A failure that is told to the user in words."""

    def __init__(self, told: Message) -> None:
        """Keep the message; its English text is the exception's own."""
        super().__init__(told.text(Language.EN))
        self.told = told


class UnusableInputError(OpvangplanError):
    """The input or the arguments cannot be used; the findings say why."""

    def __init__(self, told: Message, findings: tuple[Finding, ...] = ()) -> None:
        """Keep the message and the findings."""
        super().__init__(told)
        self.findings = findings


class TargetInUseError(OpvangplanError):
    """The file to write is open elsewhere or not writable."""


class CancelledError(OpvangplanError):
    """Somebody asked to stop; nothing is kept."""

    def __init__(self) -> None:
        """Say that it was stopped on request."""
        super().__init__(message("compare.stopped"))


class ProgramFaultError(OpvangplanError):
    """The program itself is at fault: its own plan does not hold, or a step failed."""


# Of a file's path its last parts tell where it is; the first name the user.
_PARTS_KEPT = 3


def trace_of(fault: BaseException) -> str:
    """Return the places in the program where a fault went through, and its kinds, for a log.

    What a fault says may repeat what stands in a workbook; neither that nor any value is told.
    """
    return "\n".join(_trace_lines(fault))


def _trace_lines(fault: BaseException) -> Iterator[str]:
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _trace_lines(before)
        yield "after which"
    for frame, line in traceback.walk_tb(fault.__traceback__):
        place = "/".join(PurePath(frame.f_code.co_filename).parts[-_PARTS_KEPT:])
        yield f"  {place}:{line} in {frame.f_code.co_name}"
    yield f"{type(fault).__module__}.{type(fault).__qualname__}"


# What the machine has no room for, and what its user may not do.
_LONGEST_TOLD = 60
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def machine_fault(fault: BaseException) -> Message | None:
    """Return in words what the machine lacks or does not allow; `None` for any other fault.

    Libraries put what the system said inside an error of their own.
    """
    for each in _behind(fault):
        if isinstance(each, MemoryError):
            return message("worker.memory")
        if isinstance(each, OSError) and each.errno is not None:
            return _of_system(each, str(each.filename or ""))
    return None


def disk_full(fault: BaseException, file: str) -> Message | None:
    """Return in words that a file found no room; `None` where something else was wrong."""
    system = (each for each in _behind(fault) if isinstance(each, OSError))
    return next((_of_system(each, file) for each in system if each.errno in _FULL), None)


def name_too_long(file: str) -> Message:
    """Return in words that the disk does not take a name: the longest of a path, cut short."""
    longest = max(PurePath(file).parts, key=len, default=file)
    return message("file.name_too_long", file=longest[:_LONGEST_TOLD])


def _of_system(fault: OSError, file: str) -> Message:
    if fault.errno in _FULL:
        return message("file.disk_full", file=file) if file else message("file.disk_full.somewhere")
    if fault.errno in _NOT_ALLOWED and file:
        return message("file.not_writable", file=file)
    if fault.errno == errno.ENAMETOOLONG and file:
        return name_too_long(file)
    return message("file.system", file=file or "-", fault=fault.strerror or str(fault))


def _behind(fault: BaseException) -> Iterator[BaseException]:
    """Yield an error and what was behind it, the outermost first."""
    seen: list[BaseException] = []
    after: BaseException | None = fault
    while after is not None and after not in seen:
        seen.append(after)
        yield after
        within = next((each for each in after.args if isinstance(each, BaseException)), None)
        after = within or after.__cause__ or after.__context__
