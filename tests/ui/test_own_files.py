"""The program's own files: for their owner alone, without data, and gone when they are old."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSettings

from planner.core.errors import trace_of
from planner.core.texts import Language, message
from planner.importing.preview import SheetChoice
from planner.importing.service import keep_choices
from planner.jobs.requests import ExportPlan, Failed
from ui import app
from ui.fault_log import KEPT_DAYS, LARGEST, NAME, FaultLog
from ui.jobs import Engine, Job, Jobs, Running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PERSON = "Jan Jansen 123456782"


@pytest.fixture(autouse=True)
def usual_mask() -> Iterator[None]:
    """Let files be made as on most machines: readable by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Return the file of a log that is kept during a test."""
    handler = FaultLog(tmp_path / "data")
    logging.getLogger("ui").addHandler(handler)
    yield tmp_path / "data" / NAME
    logging.getLogger("ui").removeHandler(handler)
    handler.close()


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_settings_are_for_their_owner_alone(tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("first", "again"):
        window = app.assemble(tmp_path / "data", Language.NL)
        qtbot.addWidget(window)
        stored = QSettings()
        stored.setValue("recent", [name])
        stored.sync()

        file = type(tmp_path)(stored.fileName())
        assert (0o600, 0o700) == (rights(file), rights(file.parent))
        file.chmod(0o644)


def test_the_log_is_for_its_owner_alone(log: Path) -> None:
    logging.getLogger("ui.test").error("something")

    assert (0o600, 0o700) == (rights(log), rights(log.parent))


def test_choices_for_sheets_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = tmp_path / "own" / "choices.json"

    keep_choices(store, "shape", {PERSON: SheetChoice("locations")})

    assert (0o600, 0o700) == (rights(store), rights(store.parent))


def test_a_failed_export_leaves_no_plan_in_the_log(log: Path, tmp_path: Path) -> None:
    plan: Any = {"scenario": PERSON}
    job = Job(ExportPlan(tmp_path / "x.xlsx", plan, Language.NL), print, print)
    worker: Any = None
    jobs = Jobs()
    jobs._running[Engine.DESK, 1] = Running(job, worker, 1)  # noqa: SLF001 - a job that is asked for without a process

    jobs._take(Engine.DESK, Failed(1, message("worker.fault"), detail="  planner/x.py:1 in f"))  # noqa: SLF001 - as its process would tell

    written = log.read_text(encoding="utf-8")
    assert "ExportPlan failed: worker.fault\n  planner/x.py:1 in f" in written
    assert PERSON not in written


def test_what_nobody_caught_is_logged_without_what_it_says(log: Path) -> None:
    try:
        raise_with(PERSON)
    except ValueError as fault:
        told = fault
    logging.getLogger("ui.app").critical("not caught", exc_info=told)

    written = log.read_text(encoding="utf-8")
    assert "test_own_files.py" in written
    assert "in raise_with" in written
    assert "builtins.ValueError" in written
    assert PERSON not in written


def raise_with(value: str) -> None:
    try:
        float(value)
    except ValueError as fault:
        raise ValueError(f"cannot use {value}") from fault


def test_a_trace_tells_the_kinds_and_places_of_all_faults_and_no_values() -> None:
    with pytest.raises(ValueError, match="Jansen") as caught:
        raise_with(PERSON)

    lines = trace_of(caught.value).splitlines()
    assert 2 == lines.count("builtins.ValueError")
    assert 1 == lines.count("after which")
    assert PERSON not in "".join(lines)


def test_a_log_stays_small(log: Path) -> None:
    for _ in range(30):
        logging.getLogger("ui.test").error("x" * 20_000)

    files = sorted(log.parent.iterdir())
    assert [NAME, f"{NAME}.1"] == [each.name for each in files]
    assert all(each.stat().st_size <= LARGEST for each in files)
    assert {0o600} == {rights(each) for each in files}


def test_logs_go_when_they_are_old_or_were_open_to_others(tmp_path: Path) -> None:
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    open_to_others, old = tmp_path / NAME, tmp_path / f"{NAME}.1"
    for path in (open_to_others, old):
        path.write_text(PERSON, encoding="utf-8")
    old.chmod(0o600)
    os.utime(old, (long_ago, long_ago))

    FaultLog(tmp_path).close()

    assert [] == list(tmp_path.iterdir())


def test_a_recent_log_stays(tmp_path: Path) -> None:
    first = FaultLog(tmp_path)
    first.emit(logging.LogRecord("ui", logging.ERROR, "", 1, "kept", None, None))
    first.close()

    FaultLog(tmp_path).close()

    assert "kept" in (tmp_path / NAME).read_text(encoding="utf-8")
