"""What the journeys of the tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.onscreen import context_of
from ui.pages import DATA_TABLES
from ui.session import Change
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.session import Session
    from ui.theme import Theme
    from ui.words import Words


@pytest.fixture
def tables(qtbot: QtBot, session: Session, words: Words, theme: Theme) -> TablesView:
    view = TablesView(DATA_TABLES, context_of(session, words, theme))
    qtbot.addWidget(view)
    view.resize(1366, 700)
    view.take(frozenset(Change))
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    return view
