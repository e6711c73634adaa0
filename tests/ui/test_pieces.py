"""The small pieces that views are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from planner.core.texts import Language, message
from ui.flow_layout import GAP, FlowBox
from ui.history import History, Visited
from ui.notices import Notices
from ui.points import INDENT, Points
from ui.state import State, Step
from ui.steps import STEPS, StepBand
from ui.widgets import Notice, Telling, column, heading

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


def test_a_sentence_goes_on_below_itself_and_not_below_its_point(qtbot: QtBot) -> None:
    points = Points()
    qtbot.addWidget(points)
    points.setStyleSheet("background: white; color: black")
    points.say(["Een zin met <b>Vught</b> erin, die op een volgende regel verder gaat."] * 2)
    points.resize(200, points.heightForWidth(200))
    assert points.height() > 4 * points.fontMetrics().height()
    picture = points.grab().toImage()
    beside = range(round(points.fontMetrics().height() * INDENT) - 1)
    inked = [
        any(QColor(picture.pixel(x, y)).lightness() < 128 for x in beside)
        for y in range(picture.height())
    ]
    begun = sum(now and not before for before, now in zip([False, *inked], inked, strict=False))
    assert 2 == begun  # a point for each sentence, and no letter
    assert "<b>Vught</b>" in points.accessibleName()
    points.say([])
    assert not points.text()


def test_what_is_hidden_leaves_no_gap_in_a_row(qtbot: QtBot) -> None:
    first, hidden, last = QPushButton("een"), QPushButton("twee"), QPushButton("drie")
    box = FlowBox(first, hidden, last)
    qtbot.addWidget(box)
    hidden.hide()
    box.resize(600, 60)
    box.show()
    qtbot.waitExposed(box)
    qtbot.waitUntil(lambda: last.x() == first.width() + GAP)


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


def test_a_notice_that_comes_later_moves_none_that_is_there(qtbot: QtBot) -> None:
    """The first of two comes while the second is in view, whose button may be under the mouse."""
    first, second = Notice(), Notice()
    held = Notices(first, second)
    page = column(held, heading())
    qtbot.addWidget(page)
    page.resize(600, 300)
    page.show()
    assert held.isHidden()

    second.say("De invoer is veranderd.")
    qtbot.waitUntil(lambda: second.height() > 20)
    before = second.mapTo(page, second.rect().topLeft())
    first.say("Het plan in dit bestand klopt.")
    qtbot.waitUntil(lambda: first.y() > second.y())

    assert before == second.mapTo(page, second.rect().topLeft())
    second.say("")
    first.say("")
    assert held.isHidden()
