"""The second process: tasks, cancelling, crashing, and keeping the book in step."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planner.core.texts import Language
from planner.input.edits import SetCell
from planner.input.scenarios.from_edits import Taken
from planner.jobs import engine_process
from planner.jobs.engine_process import Worker
from planner.jobs.requests import (
    BookState,
    CalculatePlan,
    Cancelled,
    CheckBook,
    Checked,
    Done,
    Failed,
    GiveBook,
    GiveRevisions,
    KnownEarly,
    OpenDemo,
    Opened,
    OpenFile,
    Planned,
    Progressed,
    SaveBook,
    Told,
    Unanswering,
)
from planner.jobs.scenario_requests import TakeIntoScenario
from planner.jobs.transport import receive
from planner.result.main_figures import MainFigures
from tests.ui.onscreen import pid_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from planner.input.book import Book

LONG_S = 60
ROOT = Path(__file__).parents[2]


class Listening:
    """A worker and everything it tells."""

    def __init__(self, *, started: bool = True) -> None:
        self.told: queue.SimpleQueue[Told] = queue.SimpleQueue()
        self.worker = Worker(self.told.put)
        if started:
            self.worker.start()
        self.progress: list[Progressed] = []
        self.early: list[MainFigures] = []

    def outcome(self, number: int) -> Told:
        while True:
            told = self.told.get(timeout=LONG_S)
            if isinstance(told, Progressed):
                self.progress.append(told)
            elif isinstance(told, KnownEarly):
                self.early.append(told.figures)
            elif told.number == number:
                return told

    def opened(self, size: str = "small") -> BookState:
        told = self.outcome(self.worker.submit(OpenDemo(size, Language.NL)))
        assert isinstance(told, Done)
        assert isinstance(told.result, Opened)
        return told.result.state


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.worker.close()


@pytest.mark.parametrize("start", sorted({"spawn", engine_process.START}))
def test_a_plan_is_made_in_the_second_process_and_told_step_by_step(
    start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_process, "START", start)
    listening = Listening()
    state = listening.opened()
    told = listening.outcome(listening.worker.submit(CalculatePlan(), state))
    assert isinstance(told, Done)
    assert isinstance(told.result, Planned)
    assert "optimal" == told.result.plan.ending.value
    assert {"check", "build", "verify"} <= {each.progress.step for each in listening.progress}
    assert "shortfalls" in told.result.sheets
    assert 1 == len(listening.early)
    listening.worker.close()


def test_a_book_that_was_given_in_advance_is_not_given_again(
    listening: Listening, small_book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, Book]] = []

    def noted(token: int, book: Book) -> GiveBook:
        given.append((token, book))
        return GiveBook(token, book)

    monkeypatch.setattr(engine_process, "GiveBook", noted)
    state = BookState(999, small_book)
    listening.worker.prepare(state)
    for _ in range(2):
        told = listening.outcome(listening.worker.submit(CheckBook(), state))
        assert isinstance(told, Done)
    assert [(999, small_book)] == given


def test_only_edits_cross_and_each_check_sees_its_own(listening: Listening) -> None:
    state = listening.opened()
    row = int(state.base.frame("locations").index[0])
    wrong = state.after(1, (SetCell("locations", row, "beds", "veel"),))
    beds = state.base.cell("locations", row, "beds")
    right = wrong.after(2, (SetCell("locations", row, "beds", beds),))
    errors = []
    for each in (state, wrong, right, wrong):
        told = listening.outcome(listening.worker.submit(CheckBook(), each))
        assert isinstance(told, Done)
        assert isinstance(told.result, Checked)
        errors.append(told.result.errors > 0)
    assert [False, True, False, True] == errors


def test_what_was_undone_is_let_go_and_given_again_where_a_task_names_it(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[GiveRevisions] = []

    def noted(*about: Any) -> GiveRevisions:
        sent.append(GiveRevisions(*about))
        return sent[-1]

    monkeypatch.setattr(engine_process, "GiveRevisions", noted)
    state = listening.opened()
    row = int(state.base.frame("locations").index[0])
    saved = state.after(1, (SetCell("locations", row, "beds", 11),))
    other = state.after(2, (SetCell("locations", row, "beds", 12),))
    for each in (saved, other):
        assert isinstance(listening.outcome(listening.worker.submit(CheckBook(), each)), Done)
    assert [[1], [2]] == [[number for number, *_ in each.revisions] for each in sent]
    assert [frozenset(), {1}] == [each.dropped for each in sent]
    task = TakeIntoScenario(saved.version, Language.NL)
    told = listening.outcome(listening.worker.submit(task, other, (saved,)))
    assert isinstance(told, Done)
    assert isinstance(told.result, Taken)
    assert [SetCell("locations", row, "beds", 11)] == [
        each.back for each in told.result.cells
    ]  # as it was saved


def test_a_book_from_elsewhere_is_handed_over_whole(listening: Listening, small_book: Book) -> None:
    state = BookState(999, small_book)
    told = listening.outcome(listening.worker.submit(CheckBook(), state))
    assert isinstance(told, Done)
    assert isinstance(told.result, Checked)
    assert told.result.fingerprint


def test_a_file_that_is_no_workbook_is_told_in_words(listening: Listening, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("not a workbook")
    told = listening.outcome(listening.worker.submit(OpenFile(path)))
    assert isinstance(told, Failed)
    assert told.told.text(Language.NL)


def test_a_child_that_dies_is_replaced_and_the_task_is_told_lost(listening: Listening) -> None:
    state = listening.opened("national")
    number = listening.worker.submit(CalculatePlan(), state)
    time.sleep(0.3)
    os.kill(pid_of(listening.worker), signal.SIGKILL)
    told = listening.outcome(number)
    assert isinstance(told, Failed)
    assert "worker.lost" == told.told.key
    again = listening.outcome(listening.worker.submit(CheckBook(), state))
    assert isinstance(again, Done)


def test_a_child_that_cannot_be_understood_is_replaced_and_the_task_is_told_lost(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = listening.opened()
    faults: list[ImportError] = []

    def garbled(pipe: Connection) -> object:
        told = receive(pipe)
        if faults and isinstance(told, Done):
            raise faults.pop()
        return told

    monkeypatch.setattr("planner.jobs.engine_process.receive", garbled)
    # The thread that listens may wait in the function as it was until it has heard once more.
    assert isinstance(listening.outcome(listening.worker.submit(CheckBook(), state)), Done)
    faults.append(ImportError("a library that this side lacks"))
    told = listening.outcome(listening.worker.submit(CheckBook(), state))
    assert isinstance(told, Failed)
    assert "worker.lost" == told.told.key
    assert "a library that this side lacks" in told.detail
    assert isinstance(listening.outcome(listening.worker.submit(CheckBook(), state)), Done)


def test_cancelling_is_enforced_within_a_second_and_the_next_task_is_done(
    listening: Listening,
) -> None:
    # How long it really takes depends on the machine and is measured: `cancel_ms`.
    assert engine_process.PATIENCE_S < 1.0
    state = listening.opened("national")
    number = listening.worker.submit(CalculatePlan(), state)
    told = listening.told.get(timeout=LONG_S)
    assert isinstance(told, Progressed)
    listening.worker.cancel(number)
    assert isinstance(listening.outcome(number), Cancelled)
    again = listening.outcome(listening.worker.submit(CheckBook(), state))
    assert isinstance(again, Done)


def test_a_book_is_saved_with_its_edits(listening: Listening, tmp_path: Path) -> None:
    state = listening.opened()
    row = int(state.base.frame("locations").index[0])
    edited = state.after(1, (SetCell("locations", row, "name", "Nieuw"),))
    path = tmp_path / "saved.xlsx"
    told = listening.outcome(listening.worker.submit(SaveBook(path, Language.NL), edited))
    assert Done(told.number, path) == told
    back = listening.outcome(listening.worker.submit(OpenFile(path)))
    assert isinstance(back, Done)
    assert isinstance(back.result, Opened)
    assert "Nieuw" == back.result.state.base.cell("locations", row, "name")


def test_a_child_that_cannot_start_is_told_in_words_and_tried_once_a_task(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "pandas"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('this pandas is broken')")
    listening = Listening(started=False)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(engine_process, "START", "spawn")  # else the engine is loaded already
            patched.syspath_prepend(str(tmp_path))  # a child takes our search path over
            listening.worker.start()
            first = listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
        assert isinstance(first, Failed)
        assert "worker.lost" == first.told.key
        assert "this pandas is broken" in first.detail
        second = listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
        assert isinstance(second, Done)
    finally:
        listening.worker.close()


def test_a_child_for_which_there_is_no_room_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full() -> None:
        raise BlockingIOError("no room for another process")

    listening = Listening(started=False)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(engine_process, "_started", full)
            listening.worker.start()
            first = listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
        assert isinstance(first, Failed)
        assert "worker.lost" == first.told.key
        assert "no room for another process" in first.detail
        second = listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
        assert isinstance(second, Done)
    finally:
        listening.worker.close()


def test_a_child_that_hangs_is_told_within_ten_seconds_and_can_be_replaced(
    listening: Listening,
) -> None:
    listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
    pid = pid_of(listening.worker)
    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    number = listening.worker.submit(OpenDemo("small", Language.NL))
    assert Unanswering(number) == listening.outcome(number)
    assert time.monotonic() - began < 10
    listening.worker.cancel(number)
    assert Cancelled(number) == listening.outcome(number)
    again = listening.outcome(listening.worker.submit(OpenDemo("small", Language.NL)))
    assert isinstance(again, Done)


def test_a_child_that_hears_nothing_of_a_whole_book_can_be_replaced(
    listening: Listening,
) -> None:
    opened = listening.opened("national")
    state = replace(opened, token=999_999)  # which the child does not keep
    pid = pid_of(listening.worker)
    os.kill(pid, signal.SIGSTOP)
    number = listening.worker.submit(CheckBook(None), state)
    time.sleep(1)
    listening.worker.cancel(number)
    assert Cancelled(number) == listening.outcome(number)


def test_a_child_that_works_long_but_lives_is_not_called_silent(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_process, "WATCHED_EVERY_S", 0.1)
    monkeypatch.setattr(engine_process, "SILENCE_S", 4.0)
    number = listening.worker.submit(CalculatePlan(None), listening.opened("national"))
    time.sleep(8)
    listening.worker.cancel(number)
    assert Cancelled(number) == listening.outcome(number)


LONG_FOLDER = """
import queue, sys
from planner.jobs.requests import Done, OpenDemo
from planner.core.texts import Language
from planner.jobs.engine_process import Worker
if __name__ == "__main__":
    told = queue.SimpleQueue()
    worker = Worker(told.put)
    worker.start()
    worker.submit(OpenDemo("small", Language.NL))
    answer = told.get(timeout=60)
    worker.close()
    sys.exit(0 if isinstance(answer, Done) else str(answer))
"""


def test_a_long_temporary_folder_does_not_keep_the_second_process_from_starting(
    tmp_path: Path,
) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    script = tmp_path / "script.py"
    script.write_text(LONG_FOLDER, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, str(script)],
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == ended.returncode, ended.stderr
