"""An engine that is killed, hangs, has no memory or answers nonsense costs its request alone.

Each time there is a sentence, a line in the log, the work as it was, and a window that answers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from planner import api
from planner.jobs.no_memory import STATUS
from planner.jobs.transport import receive
from tests.pictures.views import wait
from tests.ui.onscreen import PATIENCE_MS, engine, is_ready, pid_of, settled, words_in
from tests.ui.test_window import set_cell
from ui.jobs import Engine

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.ui.conftest import Answers
    from ui.window import Window

# Bytes that an engine may still take, where a calculation takes far more.
# Less than Python takes from the system at a time for its objects. Where these fill the last byte,
# Python 3.11 cannot even tell of it and goes round for ever: Stop pressed twice ends that engine.
SPARE = 1_000_000
HELD_S = 1.0  # the longest that a window may leave somebody without an answer


@dataclass(frozen=True)
class Around:
    """What a test sees beside the window, and its means to do harm."""

    beats: list[float]  # when the window had a turn
    log: pytest.LogCaptureFixture
    patch: pytest.MonkeyPatch
    folder: Path


@pytest.fixture
def around(
    qapp: object,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Around]:
    del qapp
    made = Around([time.monotonic()], caplog, monkeypatch, tmp_path)
    timer = QTimer()
    timer.timeout.connect(lambda: made.beats.append(time.monotonic()))
    timer.start(20)
    yield made
    timer.stop()


def killed(pid: int, _: Around) -> None:
    os.kill(pid, signal.SIGKILL)


def halted(pid: int, around: Around) -> None:
    around.patch.setattr("planner.jobs.engine_process.SILENCE_S", 1.5)
    os.kill(pid, signal.SIGSTOP)


def starved(pid: int, _: Around) -> None:
    """Let an engine have hardly more memory than it holds now."""
    import resource  # noqa: PLC0415 - of some systems only

    held = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.prlimit(pid, resource.RLIMIT_AS, (held + SPARE, held + SPARE))


def garbled(_: int, around: Around) -> None:
    """Have an answer be what nobody can read."""
    left = [ValueError("no answer at all")]

    def nonsense(pipe: Connection) -> object:
        told = receive(pipe)
        if left:
            raise left.pop()
        return told

    around.patch.setattr("planner.jobs.engine_process.receive", nonsense)


Harm = Callable[[int, Around], None]
HARMS: list[tuple[Harm, tuple[str, str]]] = [
    (garbled, ("onverwacht gestopt", "CalculatePlan failed: worker.lost"))
]
if sys.platform == "linux":  # which lets one process do these to another
    HARMS += [
        (killed, ("onverwacht gestopt", "CalculatePlan failed: worker.lost")),
        (halted, ("antwoordt niet", "")),  # until somebody stops it, it may yet answer
        (starved, ("te weinig geheugen", "CalculatePlan failed: worker.memory")),
    ]


@pytest.mark.parametrize(("harm", "told"), HARMS)
def test_an_engine_that_cannot_calculate_is_told_and_the_work_is_there_and_can_be_saved(
    small: Window,
    answers: Answers,
    around: Around,
    harm: Harm,
    told: tuple[str, str],
) -> None:
    def seen(condition: Callable[[], bool]) -> bool:
        return wait(condition, PATIENCE_MS / 1000)

    sentence, logged = told
    set_cell(small, 1, "name", "nog niet bewaard")
    small.jobs.start()
    assert seen(lambda: is_ready(engine(small.jobs, Engine.SOLVER)) and settled(small))
    del around.beats[:-1]
    harm(pid_of(engine(small.jobs, Engine.SOLVER)), around)
    small.calculate()
    assert seen(lambda: sentence in words_in(small))
    assert logged in around.log.text
    small.commands.cancel()  # of what is told already there is nothing to stop
    assert seen(lambda: small.jobs.calculating is None)
    assert small.session.unsaved
    answers.save = around.folder / "mine.xlsx"
    small.commands.save_as()
    assert seen(lambda: not small.session.unsaved)
    assert HELD_S > max(after - before for before, after in pairwise(around.beats))
    names = api.open_workbook(answers.save).frame("locations")["name"]
    assert "nog niet bewaard" == names.iloc[1]


BEGUN = """
import sys, threading
from planner.jobs.no_memory import ends_without_memory
def without(): raise MemoryError
class Gone:
    def __del__(self): raise MemoryError
with ends_without_memory():
    {}
"""


@pytest.mark.parametrize(
    "what", ["without()", "thread = threading.Thread(target=without); thread.start()", "Gone()"]
)
def test_an_engine_without_memory_ends_wherever_that_shows_and_says_so_by_how_it_ends(
    what: str,
) -> None:
    script = BEGUN.format(what) + "    import time; time.sleep(60)\n"
    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)  # noqa: S603 - our own words
    assert STATUS == ended.returncode, ended.stderr


def test_another_fault_of_an_engine_does_not_count_as_a_lack_of_memory() -> None:
    script = BEGUN.format("without()").replace("MemoryError", "ValueError")
    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)  # noqa: S603 - our own words
    assert 1 == ended.returncode
    assert b"ValueError" in ended.stderr
