"""A file that takes long holds up nothing else, odd settings stop nothing, and names are text."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from planner.core.texts import Language
from tests.ui.onscreen import PATIENCE_MS, action, engine, pid_of, words_in
from tests.ui.test_window import set_cell
from ui.app import assemble
from ui.jobs import Engine
from ui.settings import Settings
from ui.state import Step
from ui.widgets import as_it_stands, heading, muted, plain_label

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window


def test_saving_does_not_wait_behind_a_file_that_hangs_and_stop_ends_that(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: not small.jobs.at_desk, timeout=PATIENCE_MS)
    answers.save = tmp_path / "mine.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.save_as()
    pid = pid_of(engine(small.jobs, Engine.READER))
    os.kill(pid, signal.SIGSTOP)
    small.commands.open_path(tmp_path / "mine.xlsx")
    assert small.jobs.at_desk
    set_cell(small, 2, "name", "anders")
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.save()
    # That nothing comes is told, and Stop can be pressed.
    qtbot.waitUntil(lambda: "antwoordt niet" in words_in(small.statusBar()), timeout=10_000)
    assert action(small, "cancel").isEnabled()
    # It lasts, so it follows the language.
    small.choose_language(Language.EN)
    assert "does not answer" in words_in(small.statusBar())
    small.choose_language(Language.NL)
    small.commands.cancel()
    qtbot.waitUntil(lambda: not small.jobs.at_desk, timeout=3_000)
    assert "antwoordt niet" not in words_in(small.statusBar())
    with qtbot.waitSignal(small.commands.opened, timeout=PATIENCE_MS):
        small.commands.open_path(tmp_path / "mine.xlsx")


@pytest.mark.parametrize("way", ["stop", "back"])
def test_a_what_if_engine_that_hangs_is_replaced_by_stop_or_by_going_back(
    qtbot: QtBot, small: Window, way: str
) -> None:
    small.pages.ask_what_if()
    view = small.pages.what_if
    qtbot.waitUntil(lambda: bool(view.levers), timeout=PATIENCE_MS)
    cards = {name: view.cards[name].accessibleName() for name in view.cards}
    asker = engine(small.jobs, Engine.ASKER)
    pid = pid_of(asker)
    os.kill(pid, signal.SIGSTOP)
    view.levers["arrivals"].put(1.1)
    qtbot.waitUntil(lambda: "antwoordt niet" in words_in(small.statusBar()), timeout=20_000)

    assert action(small, "cancel").isEnabled()
    (small.commands.cancel if way == "stop" else view.back.click)()

    qtbot.waitUntil(lambda: pid_of(asker) != pid, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not action(small, "cancel").isEnabled(), timeout=PATIENCE_MS)
    assert "antwoordt niet" not in words_in(small.statusBar())
    view.back.click()
    assert cards == {name: view.cards[name].accessibleName() for name in view.cards}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("minutes", "99999999999999999999"),
        ("minutes", "²"),
        ("columns/locations", "name=²;beds=99999999999999999999"),
        ("shares/tables/locations", "²;99999999999999999999"),
        ("recent", ["/" + "x" * 9000]),
        ("folder", "/" + "x" * 9000),
    ],
)
def test_settings_that_nobody_can_have_chosen_are_left_out(name: str, kept: object) -> None:
    stored = QSettings()
    stored.setValue(name, kept)
    settings = Settings(stored)
    assert 0 == settings.minutes or settings.minutes <= 1440
    assert {} == settings.columns("locations")
    assert all(part <= 1000 for part in settings.share("tables/locations"))
    assert () == settings.recent
    assert settings.folder.is_dir()
    assert (name,) == settings.unusable()


def test_no_more_recent_files_are_listed_than_are_kept(tmp_path: Path) -> None:
    stored = QSettings()
    stored.setValue("recent", [str(tmp_path / f"{at}.xlsx") for at in range(50_000)])
    assert [f"{at}.xlsx" for at in range(6)] == [each.name for each in Settings(stored).recent]


def test_settings_that_were_left_out_are_told(tmp_path: Path, qtbot: QtBot) -> None:
    QSettings().setValue("minutes", "²")
    made = assemble(tmp_path, Language.NL)
    qtbot.addWidget(made)
    assert "minutes" in made.statusBar().currentMessage()


def test_labels_show_a_name_that_looks_like_markup_as_it_stands() -> None:
    for made in (plain_label(), heading(), muted()):
        assert Qt.TextFormat.PlainText == made.textFormat()
    assert "&lt;h1&gt;azc" in as_it_stands("<h1>azc")
    assert "azc & zo" == as_it_stands("azc & zo")


def test_every_label_that_may_hold_a_name_shows_it_as_it_stands(small: Window) -> None:
    small.go_to(Step.RULES)
    open_labels = [
        each
        for each in small.findChildren(QLabel)
        if each.textFormat() != Qt.TextFormat.PlainText and not each.openExternalLinks()
    ]
    assert [] == [each.text() for each in open_labels if each.text()]
