"""Thousands of random steps, undone and done again in any order, against a model of lists.

The model keeps every state whole, so that undo is looking back; it shares nothing with the session.
`OPVANGPLAN_EDITS` says how many steps are taken.
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planner.core.texts import Language
from planner.files.guarding import Written
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.edits import AddRow, DropRow, Edit, SetCell, apply
from planner.jobs.opened_book import checked
from planner.jobs.requests import BookState, Opened
from tests.ui.onscreen import there
from ui.session import EDITS_AT_ONCE, BookOrigin, Session

if TYPE_CHECKING:
    from pathlib import Path

    from planner.input.book import Book

STEPS = int(os.environ.get("OPVANGPLAN_EDITS", "2000"))
TABLES = {"locations": ("name", "beds", "open_until"), "occupancy": ("people", "group")}
VALUES = (
    None, 0, -3, 1.5, 1200, True, dt.date(2026, 7, 1), "x", "=1+1", "0012", "Zoë\n", "\N{CRICKET}",
)  # fmt: skip

Rows = Mapping[int, Mapping[str, object]]  # in the order of the sheet


@dataclass(frozen=True)
class State:
    """What every table holds; a state is another one though it holds the same."""

    tables: Mapping[str, Rows]


class Model:
    """States, of which one is that of now."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.states = [State(tables)]
        self.at = 0
        self.saved = self.states[0]

    @property
    def now(self) -> State:
        return self.states[self.at]

    def step(self, edits: list[Edit]) -> None:
        self.states[self.at + 1 :] = [State(after(self.now.tables, edits))]
        self.at += 1

    def walk(self, by: int) -> None:
        self.at = min(max(self.at + by, 0), len(self.states) - 1)


def after(tables: Mapping[str, Rows], edits: list[Edit]) -> Mapping[str, Rows]:
    found = {key: dict(rows) for key, rows in tables.items()}
    for edit in edits:
        rows = found[edit.table]
        match edit:
            case SetCell():
                rows[edit.row] = {**rows[edit.row], edit.column: edit.value}
            case AddRow():
                rows[edit.row] = edit.cells
            case DropRow():
                del rows[edit.row]
    return found


def held(session: Session) -> Mapping[str, Rows]:
    """Return what a session's tables hold, as far as edits may change it."""
    found = {}
    for key, columns in TABLES.items():
        sheet = session.sheet(key)
        assert sheet is not None
        values = [sheet.frame[each].tolist() for each in columns]
        rows = map(int, sheet.frame.index)
        found[key] = {
            row: dict(zip(columns, line, strict=True))
            for row, line in zip(rows, zip(*values, strict=True), strict=True)
        }
    return found


def typed(tables: Mapping[str, Rows]) -> dict[str, list[tuple[int, list[tuple[type, object]]]]]:
    """Return tables so that 1 is not True, and an absent cell is an empty one."""
    return {
        key: [
            (row, [(type(cells.get(each)), cells.get(each)) for each in TABLES[key]])
            for row, cells in rows.items()
        ]
        for key, rows in tables.items()
    }


def filled(tables: Mapping[str, Rows]) -> object:
    """Return the rows that hold something; a row without anything is none once it is saved."""
    return {
        key: [row for row in rows if any(value is not None for _, value in row[1])]
        for key, rows in typed(tables).items()
    }


def opened(path: Path) -> Session:
    book = read_workbook(path)
    session = Session()
    session.adopt(Opened(BookState(1, book), checked(book, None)), BookOrigin(path=path))
    return session


def edits_of(dice: random.Random, tables: Mapping[str, Rows], fresh: int) -> list[Edit]:
    """Return the edits of one step; new rows are numbered from `fresh`."""
    made: list[Edit] = []
    many = dice.random() < 0.01
    now = tables
    for at in range(EDITS_AT_ONCE + 5 if many else dice.randint(1, 3)):
        table = dice.choice(list(TABLES))
        column, value, rows = dice.choice(TABLES[table]), dice.choice(VALUES), list(now[table])
        kind = "set" if many else dice.choice(["set", "set", "set", "add", "drop"])
        edit: Edit
        if kind == "add" or len(rows) < 3:
            edit = AddRow(table, fresh + at, {column: value})
        elif kind == "drop":
            edit = DropRow(table, dice.choice(rows))
        else:
            edit = SetCell(table, dice.choice(rows), column, value)
        made.append(edit)
        now = after(now, [edit])
    return made


def act(dice: random.Random, session: Session, model: Model, fresh: int) -> None:
    """Do one thing to the session and to the model."""
    match dice.choices(["edit", "undo", "redo", "save"], [60, 25, 14, 1])[0]:
        case "edit":
            edits = edits_of(dice, model.now.tables, fresh)
            if session.edit("undo.cell", edits):
                model.step(edits)
            else:
                assert typed(after(model.now.tables, edits)) == typed(model.now.tables)
        case "undo":
            session.undo()
            model.walk(-1)
        case "redo":
            session.redo()
            model.walk(1)
        case "save":
            session.take_saved(Written(there(session.origin.path)), session.state)
            model.saved = model.now


@pytest.mark.slow
@pytest.mark.usefixtures("qapp")
def test_random_edits_undone_and_redone_are_what_a_model_says(
    small_book: Book, tmp_path: Path
) -> None:
    dice = random.Random(0)  # noqa: S311 - no secret
    source = tmp_path / "in.xlsx"
    write_workbook(source, small_book, (), Language.NL)
    session = opened(source)
    model = Model(held(session))
    for number in range(STEPS):
        act(dice, session, model, fresh=1000 + 200 * number)
        assert typed(model.now.tables) == typed(held(session)), number
        assert session.unsaved == (model.now is not model.saved), number
    for _ in model.states:
        session.undo()
    assert typed(model.states[0].tables) == typed(held(session))
    for _ in model.states:
        session.redo()
    assert typed(model.states[-1].tables) == typed(held(session))
    edited, _ = apply(session.state.base, session.state.edits)
    write_workbook(source, edited, (), Language.NL)
    assert filled(held(session)) == filled(held(opened(source)))
