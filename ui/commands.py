"""What the user can have done: open, save, calculate, export. Menus and pages call these.

A command that takes time becomes a job; what follows stands beside it, so that each can be read
from beginning to end. Commands ask and tell through `Asking` and draw nothing themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from planner.core.outcome import Ending, Stop
from planner.core.texts import Message, message
from planner.jobs.requests import (
    BookState,
    CalculatePlan,
    CheckBook,
    Checked,
    ExportForecast,
    ExportPlan,
    Failed,
    OpenDemo,
    Opened,
    OpenFile,
    Planned,
    SaveBook,
    SaveTemplate,
)
from ui.files.recovering import Recovering
from ui.files.writes import Writes, Writing
from ui.going import Doing
from ui.jobs import Job, Jobs
from ui.session import BookOrigin, Change, Made, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from planner.files.file_stamp import FileStamp
    from planner.files.guarding import Written
    from planner.jobs.requests import Task
    from ui.dialogs import Asking
    from ui.files.journal import Journal, Left
    from ui.words import Words

PREPARE_AFTER_MS = 500  # the book is to be shown first
CHECK_AFTER_MS = 250  # so that a run of keystrokes is checked once
SAVE, DISCARD, BACK = range(3)
WORKBOOKS = (".xlsx", ".xlsm")
# The other kinds that each can be written as.
ALSO = {
    "export": ("ods",),
    "export_forecast": ("ods",),
    "template": ("ods",),
    "one_page": ("odt",),
    "report": ("odt",),
}


class Commands(QObject):
    """Carries out what the user asks, with the session, the jobs and the journal."""

    ended = Signal(str, object)  # good, remark or error, and the message: how a calculation ended
    opened = Signal(object)  # the path of a file that was opened, nothing for a demo
    busy = Signal(object)  # what is being done, a `Doing`; nothing when it is over
    wrote = Signal(object)  # the path of a file that was written
    exported = Signal(object)  # the path of one that holds a plan with its input

    def __init__(
        self, session: Session, jobs: Jobs, words: Words, journal: Journal, asking: Asking
    ) -> None:
        """Work on a session."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._words = words
        self._journal = journal
        self._plan_in: Path | None = None  # the open file, where a plan stands in it
        self.asking = asking
        self._how: tuple[bool, float | None] = (False, None)  # whole locations, seconds at most
        self.barred: Callable[[], bool] = lambda: False  # whether another has the open file
        self.signature: Callable[[], str] = str  # of our lock on the open file
        self._writes = Writes(session, words, self, self._run, self._failed("save"))
        self._recovering = Recovering(session, journal, words, self, self._adopt_left)
        self._check_later = QTimer(self)
        self._check_later.setSingleShot(True)
        self._check_later.setInterval(CHECK_AFTER_MS)
        self._check_later.timeout.connect(self._check)
        session.changed.connect(self._take)
        session.edited.connect(journal.add)
        jobs.early.connect(session.coming.take)
        jobs.changed.connect(self._forget_early)
        # Told when what is under way is done: an edit must not wait for an answer.
        journal.failed.connect(self._tell_not_kept, Qt.ConnectionType.QueuedConnection)

    def open_file(self) -> None:
        """Ask for a workbook and open it."""
        path = self.asking.open_path()
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a workbook; what is asked for next begins in its folder."""
        self.asking.folder = path.parent
        self.after_saving(lambda: self._open(BookOrigin(path)))

    def open_demo(self, size: str) -> None:
        """Open a demo: `small` or `national`."""
        self.after_saving(lambda: self._open(BookOrigin(demo=size)))

    def recover(self, left: Left, settled: Callable[[], None] = lambda: None) -> None:
        """Open what was left behind and do its steps again; unsaved work is asked about first."""
        self.after_saving(lambda: self._recover(left, settled))

    def save(self, then: Callable[[], None] = lambda: None) -> None:
        """Save the book where it came from, or ask where."""
        path = self._session.origin.path
        if path is None or path.suffix.lower() not in WORKBOOKS or self.barred():
            self.save_as(then)
        else:
            self._save(path, then)

    def save_as(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask where to save the book and save it there."""
        origin = self._session.origin
        name = origin.path.stem if origin.path is not None else f"demo-{origin.demo}"
        ending = "" if origin.path is None else origin.path.suffix.lower()
        ending = ending if ending in WORKBOOKS else WORKBOOKS[0]
        path = self.asking.save_path(self._words.say("ask.save"), f"{name}{ending}")
        if path is not None:
            self._save(path, then)

    def template(self) -> None:
        """Ask where to write an empty workbook and write it."""
        language = self._words.language
        self.write("template", lambda path: SaveTemplate(path, language), doing="busy.save")

    def write(  # noqa: PLR0913 - the last three have a usual value
        self,
        what: str,
        task: Callable[[Path], Task],
        state: BookState | None = None,
        *,
        doing: str = "busy.export",
        then: Callable[[Path], None] | None = None,
        beside: tuple[BookState, ...] = (),
    ) -> None:
        """Ask where to write something and write it, with a task for the place that is chosen.

        `ask.<what>` in the catalogue is the question, `ask.<what>.name` the name to begin from.
        """
        path = self.asking.save_path(
            self._words.say(f"ask.{what}"), self._words.say(f"ask.{what}.name"), ALSO.get(what, ())
        )
        follow = then or self.wrote.emit
        if path is not None:
            writing = Writing(
                task, lambda written: follow(written.path), doing, state, beside=beside
            )
            self._writes.write(path, writing)

    def run(
        self,
        task: Task,
        done: Callable[[Any], None],
        keys: tuple[str, str],
        state: BookState | None = None,
        beside: tuple[BookState, ...] = (),
    ) -> None:
        """Have a task done.

        The keys are of what is said meanwhile and, as `failed.<key>.title`, where it fails.
        """
        doing, what = keys
        self._run(Job(task, done, self._failed(what), state, beside=beside), doing)

    def calculate(self) -> None:
        """Plan the book as it stands now."""
        if not self._session.is_open or self._jobs.calculating is not None:
            return
        self._jobs.stop_asking()  # the answer would be about a plan that makes way
        state = self._session.state
        task = CalculatePlan(self._session.scenario or None, *self._how)
        self._jobs.run(
            Job(
                task,
                lambda planned: self._planned(planned, state),
                self._not_planned,
                state,
                lambda: self.ended.emit("remark", message("window.ending.cancelled")),
            )
        )

    def _forget_early(self) -> None:
        """Let go of what was known early once the calculation is over."""
        if self._jobs.calculating is None:
            self._session.coming.take(None)

    def choose_how(self, whole: bool, time_limit_s: float | None) -> None:  # noqa: FBT001 - one of two choices taken together
        """Plan from now on in whole locations or shares, and for at most so many seconds."""
        self._how = whole, time_limit_s

    def cancel(self) -> None:
        """Stop the calculation, or what else is being done."""
        self._jobs.cancel()

    def export(self, then: Callable[[], None] = lambda: None) -> None:
        """Ask where to write the plan and write it, with the input it was made from."""
        if self._session.plans:
            made, language = self._session.plans[0], self._words.language
            self.write(
                "export",
                lambda path: ExportPlan(path, made.plan, language),
                made.state,
                then=lambda path: self._exported(made, path, then),
            )

    def _exported(self, made: Made, path: Path, then: Callable[[], None]) -> None:
        self._session.kept = made
        self.wrote.emit(path)
        self.exported.emit(path)
        then()

    def export_forecast(self, olds: tuple[Path, ...] = ()) -> None:
        """Ask where to write the computed demand and write it, with the book as it stands now.

        `olds` are the old forecasts by whose errors the bands are widened.
        """
        if self._session.is_open:
            language = self._words.language
            self.write(
                "export_forecast",
                lambda path: ExportForecast(path, language, olds),
                self._session.state,
            )

    def after_saving(self, follow: Callable[[], None]) -> None:
        """Do something once unsaved work is saved or given up; not at all when the user stays.

        Of a plan that stands in no file is asked too: it may have taken minutes.
        """
        if not self._session.unsaved:
            self._after_keeping_plan(follow)
            return

        answer = self.asking.choose(
            self._words.say("ask.unsaved.title"),
            self._words.say("ask.unsaved"),
            [self._words.say(f"ask.unsaved.{each}") for each in ("save", "discard", "back")],
        )
        if answer == SAVE:
            self.save(lambda: self._after_keeping_plan(follow))
        elif answer == DISCARD:
            self._after_keeping_plan(follow)

    @property
    def at_stake(self) -> bool:
        """Whether something would be lost: input that is not saved, or a plan in no file."""
        return self._session.unsaved or self._plan_unkept

    @property
    def _plan_unkept(self) -> bool:
        """Whether the last plan stands in no file."""
        return bool(self._session.plans) and self._session.plans[0] is not self._session.kept

    def _after_keeping_plan(self, follow: Callable[[], None]) -> None:
        """Do something once a plan that stands in no file is exported or given up."""
        if not self._plan_unkept:
            follow()
            return
        answer = self.asking.choose(
            self._words.say("ask.plan.title"),
            self._words.say("ask.plan"),
            [
                self._words.say(key)
                for key in ("ask.plan.keep", "ask.plan.lose", "ask.unsaved.back")
            ],
        )
        if answer == SAVE:
            self.export(follow)
        elif answer == DISCARD:
            follow()

    def refuse(self, told: Message) -> None:
        """Say why what was dropped on the window cannot be opened."""
        self.asking.inform(self._words.say("dropped.title"), self._words.tell(told))

    def close(self) -> None:
        """End the jobs and take the journal away."""
        self._check_later.stop()
        self._jobs.close()
        self._journal.end()

    def _open(self, origin: BookOrigin) -> None:
        if self._jobs.calculating is not None and not self._stop_for_another():
            return
        task = (
            OpenFile(origin.path)
            if origin.path is not None
            else OpenDemo(origin.demo, self._words.language)
        )

        def adopt(opened: Opened) -> None:
            # What was refused for the persons in it is kept nowhere else.
            self._journal.begin(origin, opened.stamp, copied=not opened.holds_persons)
            self._adopt(opened, origin, opened.stamp)

        opening = Job(task, self._unless_edited(adopt), self._failed("open"))
        if origin.path is None:
            self._run(opening, "busy.open")
        else:
            self._run(opening, "busy.open_file", file=origin.path.name)

    def _recover(self, left: Left, settled: Callable[[], None]) -> None:
        if self._jobs.calculating is not None and not self._stop_for_another():
            return

        def replay(opened: Opened) -> None:
            if self._recovering.replay(opened, left):
                settled()

        task = self._recovering.task(left)
        self._run(Job(task, self._unless_edited(replay), self._failed("open")), "busy.open")

    def _unless_edited(self, follow: Callable[[Opened], None]) -> Callable[[Opened], None]:
        """Return what goes on with a book that was opened, and asks about edits made meanwhile."""
        before = self._standing()

        def go_on(opened: Opened) -> None:
            if self._standing() == before:
                follow(opened)
            else:
                self.after_saving(lambda: follow(opened))

        return go_on

    def _standing(self) -> tuple[int, ...]:
        """Return what tells the open book as it stands from any other; empty without a book."""
        if not self._session.is_open:
            return ()
        state = self._session.state
        return state.token, state.version

    def _stop_for_another(self) -> bool:
        """Ask whether the calculation may be given up for another book."""
        title, told = self._words.say("ask.running.title"), self._words.say("ask.running")
        options = [self._words.say(key) for key in ("ask.running.stop", "ask.unsaved.back")]
        return self.asking.choose(title, told, options) == 0

    def _adopt(self, opened: Opened, origin: BookOrigin, stamp: FileStamp | None) -> None:
        self._jobs.drop()
        self._plan_in = origin.path if opened.planned is not None else None
        self._session.adopt(opened, origin, stamp)
        self.opened.emit(origin.path)
        QTimer.singleShot(PREPARE_AFTER_MS, self, lambda: self._jobs.prepare(opened.state))
        if opened.unread is not None:
            title = self._words.say("standing.unread.title")
            why = self._words.tell(opened.unread)
            told = self._words.say("standing.unread", why=why)
            self.asking.inform(title, told, opened.unread_cells)

    def _adopt_left(self, opened: Opened, left: Left) -> None:
        self._adopt(opened, left.origin, left.stamp)

    @Slot()
    def _tell_not_kept(self) -> None:
        """Say that a crash would lose what is done from now on."""
        self.asking.inform(
            self._words.say("failed.journal.title"), self._words.say("failed.journal")
        )

    def _save(self, path: Path, then: Callable[[], None]) -> None:
        state = self._session.state
        made = self._plan_to_keep(path)
        if made is None and path == self._plan_in and self._changed and not self._leave_out(path):
            return

        def saved(written: Written) -> None:
            if made is not None:
                self._session.kept = made
            if self._session.take_saved(written, state):
                wholly = not self._session.unsaved
                self._journal.saved(written.path, written.stamp, wholly=wholly)
            self.wrote.emit(written.path)
            then()

        language = self._words.language

        def task(to: Path) -> Task:
            return SaveBook(to, language) if made is None else ExportPlan(to, made.plan, language)

        self._writes.write(path, Writing(task, saved, "busy.save", state, saves=True))

    def _plan_to_keep(self, path: Path) -> Made | None:
        """Return the plan that is saved along: that of the input as it is, where one stood.

        The last check may be of an older state, so that only the edits themselves tell.
        """
        plans = self._session.plans
        if not plans or path != self._plan_in:
            return None
        made, state = plans[0], self._session.state
        return made if self._changed and made.state.version == state.version else None

    @property
    def _changed(self) -> bool:
        """Whether the book is other than it was opened, or than its file holds by now."""
        return bool(self._session.state.version) or self._session.unsaved

    def _leave_out(self, path: Path) -> bool:
        """Ask whether the results in a file may go, for they are of other input."""
        title, told = self._words.say("ask.results.title"), self._words.say("ask.results")
        options = [self._words.say(key) for key in ("ask.results.out", "ask.unsaved.back")]
        return self.asking.choose(f"{title}: {path.name}", told, options) == 0

    def _run(self, job: Job[Any], doing: str, **fields: object) -> None:
        """Run a job at the desk and say so until it is over."""

        def over(follow: Callable[..., None]) -> Callable[..., None]:
            def finish(*results: object) -> None:
                self.busy.emit(None)
                follow(*results)

            return finish

        self.busy.emit(Doing(doing, fields))
        self._jobs.run(
            replace(
                job, done=over(job.done), failed=over(job.failed), cancelled=over(job.cancelled)
            )
        )

    def _failed(self, what: str) -> Callable[[Failed], None]:
        """Return what tells the user that something could not be done, and why."""

        def tell(failed: Failed) -> None:
            self.asking.inform(
                self._words.say(f"failed.{what}.title"),
                self._words.tell(failed.told),
                failed.findings,
            )

        return tell

    def _take(self, changes: frozenset[Change]) -> None:
        if changes & {Change.CELLS, Change.SCENARIO} and Change.BOOK not in changes:
            self._check_later.start()
        if Change.FILE in changes and Change.BOOK not in changes and not self._session.unsaved:
            self._journal.be_clean()

    def _check(self) -> None:
        """Check the book as it stands; an answer about an older state gives way to the next."""
        if not self._session.is_open:
            return
        state = self._session.state

        def take(checked: Checked) -> None:
            if self._session.state == state:
                self._session.take_check(checked)

        task = CheckBook(self._session.scenario or None)
        self._jobs.run(Job(task, take, self._failed("check"), state))

    def _planned(self, planned: Planned, state: BookState) -> None:
        plan = planned.plan
        if plan.found:
            self._session.take_plan(Made(planned, state))
        told = message(f"window.ending.{plan.ending.value}")
        if plan.stop is Stop.CANCELLED and plan.ending is Ending.OPTIMAL:
            told = message(
                "window.ending.unexplained" if plan.recomputed else "window.ending.not_recomputed"
            )
        if plan.stop is Stop.CANCELLED and not plan.found:
            self.ended.emit("remark", message("window.ending.cancelled"))
        else:
            kinds = {Ending.OPTIMAL: "good", Ending.BEST_FOUND: "remark"}
            self.ended.emit(kinds.get(plan.ending, "error"), told)

    def _not_planned(self, failed: Failed) -> None:
        told: Message = failed.told
        self.ended.emit("error", told)
        if failed.findings:
            self._failed("plan")(failed)
