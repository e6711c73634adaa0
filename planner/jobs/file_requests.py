"""Tasks about a file beside the open book: to take it over, to mark it, to print it.

They are values, as the other tasks are; `file_handlers.py` carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from planner.core.errors import Finding
    from planner.core.texts import Language
    from planner.importing.mapping import ImportMapping
    from planner.importing.preview import Choices, How
    from planner.importing.service import Seen
    from planner.input.edits import Edit
    from planner.result.plan import Plan


Result_co = TypeVar("Result_co", covariant=True)


class Request(Generic[Result_co]):
    """Something that the engine is asked for; the parameter is what it answers with."""


@dataclass(frozen=True)
class FileTask(Request[Result_co]):
    """A request about a file beside the open book."""


@dataclass(frozen=True)
class EarlierPlan:
    """A plan made of a version of the book, to put another beside, and what it is called."""

    plan: Plan
    version: int
    name: str


@dataclass(frozen=True)
class WriteReport(FileTask["Path"]):
    """Write the printable report of the plan of the book; `name` is what it calls the workbook.

    With an earlier plan there is a page on what differs from it.
    """

    path: Path
    plan: Plan
    name: str
    language: Language
    earlier: EarlierPlan | None = None


@dataclass(frozen=True)
class WriteOnePage(FileTask["Path"]):
    """Write the page of that plan for who decides; `name` is what it calls the workbook."""

    path: Path
    plan: Plan
    name: str
    language: Language


@dataclass(frozen=True)
class DrawReport(FileTask["tuple[bytes, ...]"]):
    """Draw the pages of that report, of so many dots to an inch."""

    plan: Plan
    name: str
    language: Language
    dots: int
    earlier: EarlierPlan | None = None


@dataclass(frozen=True)
class LookInto(FileTask["Seen"]):
    """Tell what stands in a file and what taking it over would do to the book.

    Without choices, those for a file of this shape are looked up in the store; without a way to
    take it over, it is to become a book of its own. With a mapping it is read by that.
    """

    path: Path
    choices: Choices | None
    how: How | None
    store: Path
    language: Language
    mapping: ImportMapping | None = None


@dataclass(frozen=True)
class KeepMapping(FileTask["None"]):
    """Keep the mapping of a file for the next one of its shape."""

    store: Path
    mapping: ImportMapping


@dataclass(frozen=True)
class KeepChoices(FileTask["None"]):
    """Keep the choices about a file for the next one of its shape."""

    store: Path
    shape: str
    choices: Choices


@dataclass(frozen=True)
class WriteTaken(FileTask["Path"]):
    """Write what was taken over to a workbook of its own."""

    path: Path
    edits: tuple[Edit, ...]
    language: Language


@dataclass(frozen=True)
class WriteFindings(FileTask["Path"]):
    """Write a copy of a file with these findings in its cells."""

    path: Path
    source: Path
    found: tuple[Finding, ...]
    language: Language


@dataclass(frozen=True)
class WriteOwnFindings(FileTask["Path"]):
    """Write a copy of the book with its findings in its cells; `source` is its file, if alike."""

    path: Path
    source: Path | None
    scenario: str | None
    language: Language
