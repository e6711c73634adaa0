"""The small pieces that views are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import Language, message
from ui.widgets import Telling

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

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
