"""What the child process does: keeps the books, carries out tasks, tells how it goes.

It listens in a thread, so that a request to stop is heard during a calculation, and ends as soon
as the program that started it is gone.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from dataclasses import dataclass, replace
from functools import partial, singledispatch
from typing import TYPE_CHECKING

from planner import api
from planner.api import CancelToken, Progress
from planner.compare import comparison_view
from planner.core.collector import collect_put_off
from planner.core.errors import (
    CancelledError,
    OpvangplanError,
    TargetInUseError,
    UnusableInputError,
    machine_fault,
    trace_of,
)
from planner.core.outcome import CountedProgress
from planner.core.task_control import TaskControl
from planner.core.texts import message
from planner.explain.plan_explainer import PlanExplainer
from planner.files.guarding import Written, read_as, refuse_others_work, stamp_or_nothing
from planner.files.losses import refuse_loss
from planner.files.ods_writer import OPEN_DOCUMENT
from planner.files.whole_file import looked_at_again
from planner.files.writing import KEPT
from planner.forecast import accuracy, calibration, forecast_view
from planner.input.book import keep_texts_plainly
from planner.input.case import usable
from planner.input.scenarios.from_edits import Taken, scenario_from
from planner.input.scenarios.shown import ShownScenarios, shown_scenarios
from planner.input.scenarios.tried import TriedChange, tried_change
from planner.jobs import file_handlers, future_handlers
from planner.jobs.file_requests import FileTask
from planner.jobs.future_requests import AskFutures, FuturesAnswer, WriteFutures
from planner.jobs.no_memory import ends_without_memory
from planner.jobs.opened_book import checked, opened, with_sheets
from planner.jobs.requests import (
    Ask,
    AskWhatIf,
    BeginAsking,
    CalculatePlan,
    Calibrate,
    Cancel,
    Cancelled,
    CheckBook,
    Checked,
    ComparePlans,
    Done,
    ExplainDifference,
    ExportComparison,
    ExportForecast,
    ExportPlan,
    Failed,
    GiveBook,
    GiveRevisions,
    GuardedWrite,
    KnownEarly,
    ListChanges,
    ListRules,
    LocateCompared,
    LookBackAt,
    MakeForecast,
    OpenDemo,
    Opened,
    OpenFile,
    Ping,
    Planned,
    Pong,
    Progressed,
    Ready,
    Recompute,
    RunTask,
    SaveBook,
    SaveTemplate,
    SweepLever,
    TryRegret,
)
from planner.jobs.scenario_requests import ListScenarios, TakeIntoScenario, TryChange
from planner.jobs.shelf import Shelf
from planner.jobs.transport import Sender, receive
from planner.planning import PlanOptions, solved_plan
from planner.report import build
from planner.result import PlanOfBook
from planner.result.queries import Answer
from planner.result.register import rule_titles, rules_shown
from planner.result.rule_facts import RulesShown
from planner.result.verification import verified
from planner.whatif import shown
from planner.whatif.session import WhatIf
from planner.whatif.shown import AskingBegun, ShownSweep, WhatIfAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    import pandas as pd

    from planner.compare.views import (
        ShownComparison,
        ShownContributions,
        ShownLocations,
        ShownRegret,
    )
    from planner.core.texts import Message
    from planner.forecast.accuracy import LookBack
    from planner.forecast.calibration import Calibration
    from planner.forecast.forecast_view import ShownForecast
    from planner.input.book import Book
    from planner.result.main_figures import MainFigures


@dataclass(frozen=True)
class Work:
    """What a task may use: the books, which one it is about, and how to tell and to stop."""

    shelf: Shelf
    run: RunTask
    progress: Callable[[Progress], None]
    cancel: CancelToken
    early: Callable[[MainFigures], None] = lambda _figures: None

    @property
    def book(self) -> Book:
        """The book that the task is about."""
        return self.shelf.book(self.run.token, self.run.version)


@singledispatch
def perform(task: object, work: Work) -> object:
    """Carry out a request and return its result; below is one handler for each, of its name."""
    raise TypeError(f"no task of this kind: {task!r} ({work.run.number})")


@perform.register(OpenFile)
def open_file(task: OpenFile, work: Work) -> Opened:
    with read_as(task.path) as stamp:
        found = _opened(api.open_workbook(task.path), work)
    return replace(found, stamp=stamp())


@perform.register(OpenDemo)
def open_demo(task: OpenDemo, work: Work) -> Opened:
    return _opened(api.open_demo(task.size, task.language), work)


def _opened(book: Book, work: Work) -> Opened:
    work.shelf.keep(work.run.token, book)
    return opened(work.shelf.state(work.run.token))


@perform.register(Recompute)
def recompute(task: Recompute, work: Work) -> tuple[Message, ...]:
    return PlanOfBook("", work.book, task.plan).breaches


@perform.register(CheckBook)
def check_book(task: CheckBook, work: Work) -> Checked:
    return checked(work.book, task.scenario)


@perform.register(CalculatePlan)
def calculate_plan(task: CalculatePlan, work: Work) -> Planned:
    options = PlanOptions(whole=task.whole, time_limit_s=task.time_limit_s, stops_at_once=True)
    scenario, book = task.scenario, work.book
    made = solved_plan(
        book,
        scenario,
        options=options,
        progress=work.progress,
        early=work.early,
        cancel=work.cancel,
    )
    plan = made.plan
    if work.cancel.cancelled and not plan.found:
        raise CancelledError
    if not plan.found:
        return Planned(plan, plan, {})
    work.shelf.questions = PlanExplainer.about(made)
    return replace(with_sheets(plan), locations=dict(made.problem.case.locations))


@perform.register(Ask)
def ask(task: Ask, work: Work) -> Answer:
    questions = work.shelf.questions
    if questions is None or questions.plan != task.plan:
        raise OpvangplanError(message("why.not_kept"))
    try:
        return questions.answer(task.question, TaskControl(work.cancel, work.progress))
    except KeyError as missing:
        raise OpvangplanError(message("why.not_planned_with")) from missing


@perform.register(BeginAsking)
def begin_asking(task: BeginAsking, work: Work) -> AskingBegun:
    return shown.begun(_asking(task.scenario, work))


@perform.register(AskWhatIf)
def ask_what_if(task: AskWhatIf, work: Work) -> WhatIfAnswer:
    begun = time.perf_counter()

    def settled(level: str, value: float) -> None:
        work.progress(Progress("level", level, value, time.perf_counter() - begun))

    asking = _asking(task.scenario, work)
    return shown.answered(asking, task.moved, cancel=work.cancel, settled=settled)


@perform.register(SweepLever)
def sweep_lever(task: SweepLever, work: Work) -> ShownSweep:
    begun = time.perf_counter()

    def underway(number: int, count: int) -> None:
        passed = time.perf_counter() - begun
        work.progress(CountedProgress("sweep", None, None, passed, number, count))

    asking = _asking(task.scenario, work)
    return shown.swept(asking, task.moved, task.lever, cancel=work.cancel, underway=underway)


def _asking(scenario: str | None, work: Work) -> WhatIf:
    """Return the plan that is asked about; made first where the book has changed since."""
    about = (work.run.token, work.run.version, scenario)
    if work.shelf.asked is None or work.shelf.asked[0] != about:
        work.shelf.asked = None  # it is large: gone before another is made
        asking = WhatIf(work.book, scenario, cancel=work.cancel, progress=work.progress)
        work.shelf.asked = about, asking
    return work.shelf.asked[1]


@perform.register(ExportPlan)
def export_plan(task: ExportPlan, work: Work) -> Path:
    plan = task.plan
    if not plan.recomputed:
        plan = verified(usable(work.book, plan.scenario), plan)
    api.save_plan(task.path, work.book, plan, task.language, anew=task.anew)
    return task.path


@perform.register(MakeForecast)
def make_forecast(task: MakeForecast, work: Work) -> ShownForecast:
    return forecast_view.shown_forecast(work.book, task.scenario, task.olds)


@perform.register(ExportForecast)
def export_forecast(task: ExportForecast, work: Work) -> Path:
    forecast_view.export_forecast(task.path, work.book, task.language, task.olds)
    return task.path


@perform.register(Calibrate)
def calibrate(task: Calibrate, work: Work) -> Calibration:
    return calibration.calibrate(work.book, task.scenario)


@perform.register(LookBackAt)
def look_back_at(task: LookBackAt, work: Work) -> LookBack:
    later = api.open_workbook(task.path)
    return accuracy.look_back(work.book, later, task.scenario)


@perform.register(SaveBook)
def save_book(task: SaveBook, work: Work) -> Path:
    book = work.book
    if task.path.suffix.casefold() == OPEN_DOCUMENT:
        # A file that is worked on further keeps all it holds; an .ods is made to be given away.
        kinds = " / ".join(KEPT)
        raise TargetInUseError(message("file.other_kind", file=str(task.path), kinds=kinds))
    if not task.lossy:
        refuse_loss(book, task.path)
    api.save_book(task.path, book, task.language, anew=task.anew)
    return task.path


@perform.register(GuardedWrite)
def guarded_write(task: GuardedWrite, work: Work) -> Written:
    look = partial(refuse_others_work, task.path, task.held, saves=task.saves)
    look()
    with looked_at_again(lambda _: look()):
        perform(task.task, work)
    return Written(task.path, stamp_or_nothing(task.path))


@perform.register(SaveTemplate)
def save_template(task: SaveTemplate, work: Work) -> Path:
    del work  # a template is about no book
    api.save_template(task.path, task.language)
    return task.path


@perform.register(ListRules)
def list_rules(task: ListRules, work: Work) -> RulesShown:
    return rules_shown(work.book, task.scenario, count=task.count)


@perform.register(ListScenarios)
def list_scenarios(task: ListScenarios, work: Work) -> ShownScenarios:
    del task  # it is about every scenario
    return shown_scenarios(work.book, rule_titles())


@perform.register(TryChange)
def try_change(task: TryChange, work: Work) -> TriedChange:
    return tried_change(work.book, task.line)


@perform.register(TakeIntoScenario)
def take_into_scenario(task: TakeIntoScenario, work: Work) -> Taken:
    before, after = work.shelf.book(work.run.token, task.since), work.book
    return scenario_from(before, after, task.language)


@perform.register(ComparePlans)
def compare_plans(task: ComparePlans, work: Work) -> ShownComparison:
    token = work.run.token
    kept = comparison_view.compared(
        task.number, task.sources, lambda version: work.shelf.book(token, version)
    )
    work.shelf.compared = kept
    return comparison_view.shown(kept)


@perform.register(ExplainDifference)
def explain_difference(task: ExplainDifference, work: Work) -> ShownContributions:
    kept, tell = work.shelf.comparison(task.number), comparison_view.told_by(work.progress)
    return comparison_view.contributions(kept, task.at, tell, work.cancel)


@perform.register(TryRegret)
def try_regret(task: TryRegret, work: Work) -> ShownRegret:
    kept, tell = work.shelf.comparison(task.number), comparison_view.told_by(work.progress)
    return comparison_view.regret(kept, tell, work.cancel)


@perform.register(ListChanges)
def list_changes(task: ListChanges, work: Work) -> pd.DataFrame:
    kept = work.shelf.comparison(task.number)
    return comparison_view.changes(kept, task.at, previous=task.previous)


@perform.register(LocateCompared)
def locate_compared(task: LocateCompared, work: Work) -> ShownLocations:
    return comparison_view.locations(work.shelf.comparison(task.number))


@perform.register(ExportComparison)
def export_comparison(task: ExportComparison, work: Work) -> Path:
    return build.save_shown_comparison(work.shelf.comparison(task.number), task.path, task.language)


@perform.register(AskFutures)
def ask_futures(task: AskFutures, work: Work) -> FuturesAnswer:
    return future_handlers.ask_futures(task, work.book, work.progress, work.cancel)


@perform.register(WriteFutures)
def write_futures(task: WriteFutures, work: Work) -> Path:
    del work  # about tables that are there already
    return future_handlers.write_futures(task)


@perform.register(FileTask)
def file_task(task: FileTask[object], work: Work) -> object:
    def book(version: int | None = None) -> Book:
        return work.book if version is None else work.shelf.book(work.run.token, version)

    return file_handlers.carry_out(task, book)


def serve(pipe: Connection) -> None:
    """Do tasks until the other side is gone."""
    keep_texts_plainly()
    with ends_without_memory():
        _Service(pipe).work()


class _Service:
    """The child's two threads: one hears, one works."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._sender = Sender(pipe)
        self._shelf = Shelf()
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._tokens: dict[int, CancelToken] = {}
        self._guard = threading.Lock()

    def work(self) -> None:
        """Take what was heard, in order, until the process is ended."""
        threading.Thread(target=self._hear, name="hearing", daemon=True).start()
        self._sender.send(Ready())
        while True:
            match self._inbox.get():
                case GiveBook(token, base):
                    self._shelf.keep(token, base)
                case GiveRevisions() as given:
                    self._shelf.take(given)
                case RunTask() as run:
                    self._sender.send(self._answer(run))
                    if self._inbox.empty():
                        collect_put_off()

    def _hear(self) -> None:
        try:
            while True:
                heard = receive(self._pipe)
                if isinstance(heard, Cancel):
                    self._cancel(heard.number)
                    continue
                if isinstance(heard, Ping):
                    self._sender.send(Pong())
                    continue
                if isinstance(heard, RunTask):
                    with self._guard:
                        self._tokens[heard.number] = CancelToken()
                self._inbox.put(heard)
        except (EOFError, OSError):
            # The program is gone; a calculation in the other thread must not outlive it.
            os._exit(0)

    def _cancel(self, number: int) -> None:
        """Ask a task to stop; one that has ended cannot, and a task is heard of before that."""
        with self._guard:
            token = self._tokens.get(number)
        if token is not None:
            token.cancel()

    def _token(self, number: int) -> CancelToken:
        """Return the token of a task that was heard of and has not ended."""
        with self._guard:
            return self._tokens[number]

    def _answer(self, run: RunTask) -> Done | Failed | Cancelled:
        try:
            return self._done(run, self._token(run.number))
        except CancelledError:
            return Cancelled(run.number)
        except UnusableInputError as unusable:
            return Failed(run.number, unusable.told, unusable.findings)
        except OpvangplanError as failure:
            return Failed(run.number, failure.told, detail=trace_of(failure))
        except Exception as fault:  # noqa: BLE001 - whatever went wrong, the user is told in words
            told = machine_fault(fault) or message("worker.fault")
            return Failed(run.number, told, detail=trace_of(fault))
        finally:
            with self._guard:
                del self._tokens[run.number]

    def _done(self, run: RunTask, token: CancelToken) -> Done:
        if token.cancelled:
            raise CancelledError

        def early(figures: MainFigures) -> None:
            self._sender.send(KnownEarly(run.number, figures))

        work = Work(self._shelf, run, lambda step: self._tell(run.number, step), token, early)
        return Done(run.number, perform(run.task, work))

    def _tell(self, number: int, step: Progress) -> None:
        self._sender.send(Progressed(number, step))
