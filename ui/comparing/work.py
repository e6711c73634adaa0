"""What can be compared, and what is found out about it, by a worker of its own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from planner.compare.views import PlanSource
from planner.core.texts import message
from planner.jobs.requests import (
    ComparePlans,
    ExplainDifference,
    ExportComparison,
    ListChanges,
    LocateCompared,
    TryRegret,
)
from ui.comparing.planning import ScenarioPlans
from ui.jobs import Job, Jobs
from ui.scenarios.work import MIDDLE
from ui.session import Change, Made, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from planner.api import Progress
    from planner.compare.views import (
        ShownComparison,
        ShownContributions,
        ShownLocations,
        ShownRegret,
    )
    from planner.input.location import Location
    from planner.jobs.requests import BookState, Failed, Task
    from ui.words import Words

MOST_OTHERS = 5

_numbers = itertools.count(1)


class PlanOrigin(StrEnum):
    """Where a plan that can be compared comes from."""

    SHOWN = "shown"  # the plan that the results show
    BEFORE = "before"  # the one before that
    SCENARIO = "scenario"
    FILE = "file"


@dataclass(frozen=True)
class ComparablePlan:
    """A plan that can be compared: a scenario's by its name, a file's by its path."""

    sort: PlanOrigin
    name: str = ""


class ComparisonWork(QObject):
    """The plans that can be compared, and the comparison that is shown."""

    choices_changed = Signal()  # other plans can be compared, or one of them got on
    compared = Signal()  # another comparison is there, or none
    explained = Signal()  # what explains a difference was found
    going = Signal(object)  # a StageProgress, a Message, or nothing when it is over
    told = Signal(str, object)  # good, remark or error, and the message
    wrote = Signal(object)  # the path of the workbook that was written

    def __init__(self, session: Session, jobs: Jobs, words: Words) -> None:
        """Compare plans of the session's book, and of files."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._words = words
        self._files: list[Path] = []
        self._then: tuple[ComparablePlan, ...] = ()  # to be compared once all are planned
        self.scenarios: ScenarioPlans = ScenarioPlans(session, jobs)
        self.shown: ShownComparison | None = None
        self.contributed: dict[int, ShownContributions] = {}  # by the number of the plan
        self._made: tuple[Made | None, ...] = ()  # the compared plans; nothing for those of files
        self._of_scenarios: tuple[Made, ...] = ()  # those of them that were planned for this
        self.compared.connect(self.contributed.clear)  # before any page that shows it
        self.scenarios.changed.connect(self.choices_changed)
        self.scenarios.ended.connect(self._planned)
        self.scenarios.overtaken.connect(self._overtaken)
        session.changed.connect(self._take)

    @property
    def usual_base(self) -> ComparablePlan:
        """What others are compared with until the user says otherwise: the planned scenario."""
        return ComparablePlan(PlanOrigin.SCENARIO, self._session.scenario or MIDDLE)

    @property
    def choices(self) -> tuple[ComparablePlan, ...]:
        """Everything that can be compared; the plan shown once, as the scenario that it is of."""
        plans = (ComparablePlan(PlanOrigin.SHOWN), ComparablePlan(PlanOrigin.BEFORE))[
            : len(self._session.plans)
        ]
        if plans and self.scenarios.of(self._session.plans[0].plan.scenario) is self.made(plans[0]):
            plans = plans[1:]
        scenarios = (
            ComparablePlan(PlanOrigin.SCENARIO, name) for name in self._session.checked.scenarios
        )
        files = (ComparablePlan(PlanOrigin.FILE, str(path)) for path in self._files)
        return (*plans, *scenarios, *files)

    @property
    def finding(self) -> bool:
        """Whether something is being found out about plans."""
        return bool(self._jobs.comparing)

    @property
    def busy(self) -> bool:
        """Whether scenarios are being planned, or something is being found out."""
        return self.finding or bool(self.scenarios.progress)

    @property
    def stale(self) -> bool:
        """Whether a compared scenario was planned with another input than the book has now.

        A plan that was on the screen is of the input that it had, and compared again is too.
        """
        if not self._session.is_open or self.shown is None:
            return False
        version = self._session.state.version
        return any(each.state.version != version for each in self._of_scenarios)

    def made(self, choice: ComparablePlan) -> Made | None:
        """Return the plan of a choice; nothing for a file, and where it is still to be made."""
        at = {PlanOrigin.SHOWN: 0, PlanOrigin.BEFORE: 1}.get(choice.sort)
        if at is not None:
            return next(iter(self._session.plans[at:]), None)
        return self.scenarios.of(choice.name) if choice.sort is PlanOrigin.SCENARIO else None

    def add_file(self, path: Path) -> None:
        """Offer the plan in a workbook as well."""
        if path not in self._files:
            self._files.append(path)
            self.choices_changed.emit()

    def compare(self, choices: Sequence[ComparablePlan]) -> None:
        """Compare plans, the base first; those that are not there yet are planned before."""
        self._then = tuple(choices)
        missing = [
            each.name
            for each in choices
            if each.sort is PlanOrigin.SCENARIO and self.made(each) is None
        ]
        if missing:
            self.scenarios.plan(missing)
        else:
            self._compare()

    def stop_all(self) -> None:
        """Stop planning, and whatever is being found out."""
        for name in tuple(self.scenarios.progress):
            self.scenarios.stop(name)
        self._jobs.stop_comparing()

    def explain(self, at: int) -> None:
        """Find which edits make the difference of a plan from the base."""

        def take(found: ShownContributions) -> None:
            self.contributed[found.at] = found
            self.explained.emit()

        if self.shown is not None:
            self._run(ExplainDifference(self.shown.number, at), take)

    def try_regret(self, then: Callable[[ShownRegret], None]) -> None:
        """Try the decisions of each plan in the input of every other."""
        if self.shown is not None:
            self._run(TryRegret(self.shown.number), then)

    def list_changes(
        self, at: int, then: Callable[[pd.DataFrame], None], *, previous: bool
    ) -> None:
        """List what a plan does otherwise than the base, or than the plan before it."""
        if self.shown is not None:
            self._run(ListChanges(self.shown.number, at, previous), then)

    def known_locations(self) -> Mapping[str, Location]:
        """Return the locations of the compared plans that are not from files, by code."""
        found: dict[str, Location] = {}
        for each in self._made:
            if each is not None:
                found = {**each.planned.locations, **found}
        return found

    def locate(self, then: Callable[[ShownLocations], None]) -> None:
        """Find the locations of every compared plan, those from files included."""
        if self.shown is not None:
            self._run(LocateCompared(self.shown.number), then)

    def export(self, path: Path) -> None:
        """Write the comparison to a workbook."""
        if self.shown is None:
            return
        task = ExportComparison(self.shown.number, path, self._words.language)

        def written(found: Path) -> None:
            self.wrote.emit(found)
            self.told.emit("good", message("window.comparison.written", path=found.name))

        self._run(task, written)

    def _planned(self, well: bool) -> None:  # noqa: FBT001 - one truth, as the signal gives it
        if well:
            self._compare()
        self._then = ()

    def _overtaken(self) -> None:
        self._then = ()
        self.told.emit("remark", message("window.comparison.overtaken"))

    def _compare(self) -> None:
        """Compare what was asked for: everything is planned."""
        made = tuple(map(self.made, self._then))
        if not made:
            return
        of_scenarios = tuple(
            plan
            for each, plan in zip(self._then, made, strict=True)
            if each.sort is PlanOrigin.SCENARIO and plan is not None
        )
        sources = tuple(map(self._source, self._then, made))

        def take(found: ShownComparison) -> None:
            self.shown, self._made, self._of_scenarios = found, made, of_scenarios
            self.compared.emit()

        beside = tuple(each.state for each in made if each is not None)
        self._run(ComparePlans(next(_numbers), sources), take, beside)

    def _source(self, choice: ComparablePlan, made: Made | None) -> PlanSource:
        if made is None:
            return PlanSource("", path=Path(choice.name))
        name = choice.name
        if choice.sort is not PlanOrigin.SCENARIO:
            title = self._words.called(made.plan.scenario)
            name = self._words.say(f"comparison.of.{choice.sort}", scenario=title)
        return PlanSource(name, made.plan, made.state.version)

    def _run(
        self, task: Task, then: Callable[[Any], None], beside: tuple[BookState, ...] = ()
    ) -> None:
        """Do something about the comparison and say so until it is over; one thing at a time."""
        if self._jobs.comparing:
            return
        shown = self.shown

        def done(found: object) -> None:
            self.going.emit(None)
            if shown is self.shown:
                then(found)

        def failed(failure: Failed) -> None:
            self.going.emit(None)
            self.told.emit("error", failure.told)

        def progressed(step: Progress) -> None:
            self.going.emit(step)

        def cancelled() -> None:
            self.going.emit(None)
            self.told.emit("remark", message("window.comparison.stopped"))

        state = self._session.state
        self._jobs.run(Job(task, done, failed, state, cancelled, progressed, beside))
        self.going.emit(message("window.comparison.going"))

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._then = ()
            self._jobs.stop_comparing()
            self.shown, self._made, self._of_scenarios = None, (), ()
            self.compared.emit()
        if changes & {Change.BOOK, Change.CELLS, Change.PLAN, Change.FINDINGS}:
            self.choices_changed.emit()
