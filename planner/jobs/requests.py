"""What passes between the program and its second process: tasks, answers, and books in pieces.

All are values; a task says what to do, never how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner.core.errors import ABOUT_PERSONS, Severity
from planner.jobs.file_requests import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from planner.compare.views import (
        PlanSource,
        ShownComparison,
        ShownContributions,
        ShownLocations,
        ShownRegret,
    )
    from planner.core.errors import Finding
    from planner.core.outcome import Progress
    from planner.core.texts import Language, Message
    from planner.files.file_stamp import FileStamp
    from planner.files.guarding import HeldFile, Written
    from planner.forecast.accuracy import LookBack
    from planner.forecast.calibration import Calibration
    from planner.forecast.forecast_view import ShownForecast
    from planner.input.book import Book
    from planner.input.edits import Edit
    from planner.input.location import Location
    from planner.result.main_figures import MainFigures
    from planner.result.plan import Plan
    from planner.result.queries import Answer, Question
    from planner.result.rule_facts import RulesShown
    from planner.whatif.shown import AskedEdits, AskingBegun, ShownSweep, WhatIfAnswer

Task = Request[object]


@dataclass(frozen=True, eq=False)
class Revision:
    """The edits that make one version of a book of the version before it.

    No other revision of that book has its number, which is above 0. `before` is nothing where the
    edits were done on the book as opened.
    """

    number: int
    edits: tuple[Edit, ...]
    before: Revision | None = field(default=None, repr=False)


@dataclass(frozen=True)
class BookState:
    """A book as opened and the last revision of it; what was undone has no part in it.

    `token` names the book in both processes. Two states of one token and one version hold the same
    book; version 0 is the book as opened.
    """

    token: int
    base: Book = field(compare=False)
    last: Revision | None = None

    @property
    def version(self) -> int:
        """The number of the last revision."""
        return 0 if self.last is None else self.last.number

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions that lead here, the first one first."""
        found = []
        at = self.last
        while at is not None:
            found.append(at)
            at = at.before
        return tuple(reversed(found))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every edit since the book was opened, without those that were undone."""
        return tuple(edit for each in self.revisions for edit in each.edits)

    def after(self, number: int, edits: tuple[Edit, ...]) -> BookState:
        """Return the state that a further revision makes."""
        return replace(self, last=Revision(number, edits, self.last))


@dataclass(frozen=True)
class OpenFile(Request["Opened"]):
    """Read a workbook."""

    path: Path


@dataclass(frozen=True)
class OpenDemo(Request["Opened"]):
    """Make a demo book: `small` or `national`."""

    size: str
    language: Language


@dataclass(frozen=True)
class CheckBook(Request["Checked"]):
    """Find what is wrong with the book."""

    scenario: str | None = None


@dataclass(frozen=True)
class CalculatePlan(Request["Planned"]):
    """Plan the book in a scenario; `None` stands for the book's default.

    `whole` decides on whole locations; `time_limit_s` is how long it may take, in seconds.
    """

    scenario: str | None = None
    whole: bool = False
    time_limit_s: float | None = None


@dataclass(frozen=True)
class Recompute(Request["tuple[Message, ...]"]):
    """Recompute a plan that stood in the book's workbook, without the solver."""

    plan: Plan


@dataclass(frozen=True)
class Ask(Request["Answer"]):
    """Answer a question about the plan of this name, from the problem it was solved as."""

    plan: str
    question: Question


@dataclass(frozen=True)
class ExportPlan(Request["Path"]):
    """Write the plan of the book to a workbook; `anew` as in `SaveBook`."""

    path: Path
    plan: Plan
    language: Language
    anew: bool = False


@dataclass(frozen=True)
class SaveBook(Request["Path"]):
    """Write the book to a workbook.

    `lossy` is whether it may lack what the file held that was opened, because of what kind of file
    it is; `anew` whether it is a workbook of the program's own, without anything else.
    """

    path: Path
    language: Language
    lossy: bool = False
    anew: bool = False


@dataclass(frozen=True)
class GuardedWrite(Request["Written"]):
    """Do a task that writes to a path, unless the work of somebody else stands there.

    `held` is the open file, which only a task that `saves` may write. What comes back is `Written`.
    """

    task: Task
    path: Path
    held: HeldFile | None = None
    saves: bool = False


@dataclass(frozen=True)
class SaveTemplate(Request["Path"]):
    """Write an empty workbook with every sheet and column."""

    path: Path
    language: Language


@dataclass(frozen=True)
class MakeForecast(Request["ShownForecast"]):
    """Compute the demand of a scenario; `None` stands for the book's default.

    `olds` are workbooks of old forecasts, by whose errors the bands are widened.
    """

    scenario: str | None = None
    olds: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ExportForecast(Request["Path"]):
    """Write the book with the computed demand of every scenario to a workbook.

    `olds` are workbooks of old forecasts, by whose errors the bands are widened.
    """

    path: Path
    language: Language
    olds: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Calibrate(Request["Calibration"]):
    """Fit the uncertain inputs of a scenario to the past counts of the book."""

    scenario: str | None = None


@dataclass(frozen=True)
class LookBackAt(Request["LookBack"]):
    """Compare the forecast of the book with the counts in a later workbook."""

    path: Path
    scenario: str | None = None


@dataclass(frozen=True)
class ListRules(Request["RulesShown"]):
    """Tell every rule and level as it stands in the book under a scenario.

    Counting where each rule applies takes seconds on a national case.
    """

    scenario: str | None = None
    count: bool = False


@dataclass(frozen=True)
class BeginAsking(Request["AskingBegun"]):
    """Make the plan of a scenario that what-if questions start from, in parts of locations."""

    scenario: str | None = None


@dataclass(frozen=True)
class AskWhatIf(Request["WhatIfAnswer"]):
    """Tell what moves make of the plan that asking began with, in the same book and scenario."""

    moved: AskedEdits
    scenario: str | None = None


@dataclass(frozen=True)
class SweepLever(Request["ShownSweep"]):
    """Tell what a lever does to the plan that asking began with, beside what else is moved."""

    lever: str
    moved: AskedEdits
    scenario: str | None = None


@dataclass(frozen=True)
class ComparePlans(Request["ShownComparison"]):
    """Put plans side by side and keep them under a number; the first is the base."""

    number: int
    sources: tuple[PlanSource, ...]


@dataclass(frozen=True)
class AboutCompared:
    """Something about the comparison that is kept under a number."""

    number: int


@dataclass(frozen=True)
class ExplainDifference(AboutCompared, Request["ShownContributions"]):
    """Find which edits make the difference of a plan, counted from 1, from the base."""

    at: int


@dataclass(frozen=True)
class ListChanges(AboutCompared, Request["pd.DataFrame"]):
    """List what a plan does otherwise than the base, or than the earlier plan in its input."""

    at: int
    previous: bool = False


@dataclass(frozen=True)
class TryRegret(AboutCompared, Request["ShownRegret"]):
    """Try the decisions of every plan in the input of every other."""


@dataclass(frozen=True)
class LocateCompared(AboutCompared, Request["ShownLocations"]):
    """Tell the locations of every plan, for a map."""


@dataclass(frozen=True)
class ExportComparison(AboutCompared, Request["Path"]):
    """Write the comparison, with everything found about it, to a workbook or a PDF."""

    path: Path
    language: Language


@dataclass(frozen=True)
class Checked:
    """What checking a book gave; `fingerprint` is empty where it cannot be planned."""

    findings: tuple[Finding, ...]
    fingerprint: str
    scenarios: tuple[str, ...]

    @cached_property
    def errors(self) -> int:
        """How many findings stop the planning."""
        return sum(each.severity is Severity.ERROR for each in self.findings)

    @cached_property
    def by_cell(self) -> dict[str, dict[tuple[int, str], tuple[Finding, ...]]]:
        """The findings about cells: by table, and there by row and column."""
        found: dict[str, dict[tuple[int, str], tuple[Finding, ...]]] = {}
        for each in self.findings:
            if each.table and each.row is not None:
                table, cell = found.setdefault(each.table, {}), (each.row, each.column)
                table[cell] = (*table.get(cell, ()), each)
        return found


@dataclass(frozen=True)
class Planned:
    """A plan, as it is shown too, and its result sheets in words by their keys.

    Views tell of `shown`; what asks of a plan or writes it takes `plan`. There are no sheets where
    no plan was found.
    `locations` are the locations as planned: those of the book, as the scenario changes them.
    `status` is how far the plan has come, in words; none where it is a draft.
    """

    plan: Plan
    shown: Plan
    sheets: Mapping[str, pd.DataFrame]
    locations: Mapping[str, Location] = field(default_factory=dict)
    status: Message | None = None


@dataclass(frozen=True)
class Opened:
    """A book that was opened, with its first check.

    `planned` is the plan that stands in the file. Where there are results that cannot be read,
    `unread` tells why, with the cells. `stamp` is the file as it was read.
    """

    state: BookState
    checked: Checked
    planned: Planned | None = None
    unread: Message | None = None
    unread_cells: tuple[Finding, ...] = ()
    stamp: FileStamp | None = None

    @property
    def holds_persons(self) -> bool:
        """Whether something in the file was refused for data of single persons."""
        return any(
            each.severity is Severity.ERROR and each.what.key.startswith(ABOUT_PERSONS)
            for each in self.state.base.findings
        )


@dataclass(frozen=True)
class Progressed:
    """How far a task has come."""

    number: int
    progress: Progress


@dataclass(frozen=True)
class KnownEarly:
    """The main figures of a plan that is being made: provisional until it is done."""

    number: int
    figures: MainFigures


@dataclass(frozen=True)
class Done:
    """A task ended well: `Opened`, `Checked`, `Planned`, or the path that was written."""

    number: int
    result: object


@dataclass(frozen=True)
class Failed:
    """A task could not be done; `detail` is for a log, not for the user."""

    number: int
    told: Message
    findings: tuple[Finding, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Cancelled:
    """A task was stopped at the user's wish and left nothing."""

    number: int


@dataclass(frozen=True)
class Ready:
    """The child has loaded the engine."""


@dataclass(frozen=True)
class Unable:
    """The child could not load the engine; `detail` is for a log."""

    detail: str


@dataclass(frozen=True)
class Unanswering:
    """The child that does a task has given no sign of life for some time; it may yet."""

    number: int


@dataclass(frozen=True)
class Ping:
    """The child is asked for a sign of life."""


@dataclass(frozen=True)
class Pong:
    """The child's sign of life, which it gives whatever else it is doing."""


Told = Progressed | KnownEarly | Done | Failed | Cancelled | Unanswering


@dataclass(frozen=True)
class GiveBook:
    """The child is to keep this book, without edits yet."""

    token: int
    base: Book


@dataclass(frozen=True)
class GiveRevisions:
    """The child is to keep further revisions of a book, and drop those that nobody names any more.

    A revision is its number, the version it follows, and its edits.
    """

    token: int
    revisions: tuple[tuple[int, int, tuple[Edit, ...]], ...]
    dropped: frozenset[int]


@dataclass(frozen=True)
class RunTask:
    """The child is to do a task, on a version of the book.

    A task that opens a book keeps it under the token.
    """

    number: int
    task: Task
    token: int
    version: int = 0


@dataclass(frozen=True)
class Cancel:
    """The child is asked to stop a task."""

    number: int
