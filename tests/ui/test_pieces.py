"""The small pieces that views are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from planner.core.texts import Language, message
from ui.history import History, Visited
from ui.state import State, Step
from ui.steps import STEPS, StepBand
from ui.widgets import Telling

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import Theme
    from ui.words import Words


def test_a_notice_follows_the_language(qtbot: QtBot, words: Words) -> None:
    notice = Telling(words)
    qtbot.addWidget(notice)
    notice.tell(message("plan.parameters_changed", parameters=("één",)))
    assert "Afwijkend van de standaardwaarden: één." == notice.label.text()
    words.choose(Language.EN)
    assert "Other than supplied: één." == notice.label.text()
    notice.tell(None)
    assert notice.isHidden()


def test_a_step_has_an_icon_as_long_as_it_stands_somehow(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    """Without a book no step has one, with a book the first two, with a plan all three."""
    whole = QWidget()
    qtbot.addWidget(whole)
    history = History(lambda: Visited(Step.START), lambda _spot: None, whole)
    band = StepBand(words, theme, lambda _step: None, history)
    qtbot.addWidget(band)

    def icons(state: State) -> int:
        band.show_state(Step.START, state, "")
        steps = [each for each in band.findChildren(QPushButton) if each.property("step")]
        assert len(STEPS) == len(steps)
        return sum(not each.icon().isNull() for each in steps)

    opened, planned = State(is_open=True), State(is_open=True, planned=True)
    assert [0, 2, 3, 2, 0] == [icons(each) for each in (State(), opened, planned, opened, State())]
