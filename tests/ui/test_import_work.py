"""What is chosen about a file that is looked into stands, whatever answer is still to come."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pytestqt.qtbot import QtBot

from planner.core.texts import Language
from ui.importing.work import ImportWork


def test_an_answer_that_was_asked_for_earlier_does_not_take_back_a_choice(qtbot: QtBot) -> None:
    asked = list[Any]()
    session: Any = SimpleNamespace(is_open=False, viewing=False)
    jobs: Any = SimpleNamespace(run=asked.append)
    work = ImportWork(Path("panden.xlsx"), session, jobs, Path("imports.json"), Language.NL)
    sheet: Any = SimpleNamespace(name="Panden", table="", header_row=1, columns=())
    work.look()
    work.choose_table(sheet, "locations")
    asked[0].done(SimpleNamespace(mapping=None, questions=(), choices={}))
    assert "locations" == work.table_of(sheet)
    assert work.looking
    qtbot.waitUntil(lambda: 2 == len(asked))
    asked[1].done(SimpleNamespace(mapping=None, questions=(), choices={}))
    assert not work.looking
