"""The DOL places of locations by month: how each part stands, and the totals above."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.modeltest import ModelTester

from planner.input.kinds import LocationType
from planner.input.location import Location
from planner.result.main_figures import MainFigures
from tests.tables import record
from ui.results.dol_matrix import DolMatrix, DolMatrixModel, DolMonth, DolState
from ui.theme import Theme
from ui.words import Words

JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        (DolMonth(), DolState.NONE),
        (DolMonth(40.0, 40.0, 40.0, 20), DolState.FULL),
        (DolMonth(40.0, 30.0, 30.0, 20), DolState.ROOM),
        (DolMonth(40.0, 12.0, 12.0, 20), DolState.BELOW),
        (DolMonth(12.0, 12.0, 12.0, 20), DolState.BELOW),  # full, and yet too small
        (DolMonth(40.0, 0.0, 0.0, 20), DolState.ROOM),  # not in use is not too small
    ],
)
def test_a_part_is_full_has_room_or_is_below_its_least_size(cell: DolMonth, part: DolState) -> None:
    assert part is cell.part


def test_the_totals_stand_above_and_the_largest_location_first(
    words: Words, theme: Theme, qtmodeltester: ModelTester
) -> None:
    rows = [
        ("A", JULY, 10.0, 0.0, 0.0),
        ("A", AUGUST, 10.0, 10.0, 10.0),
        ("B", AUGUST, 30.0, 30.0, 20.0),
        ("C", AUGUST, 0.2, 0.0, 0.0),
    ]
    nothing = (0.0, 0.0)
    found = MainFigures(
        (JULY, AUGUST), nothing, nothing, (10.0, 40.2), (0.0, 45.2), nothing, nothing
    )
    there = {"A": record(Location, id="A", type=LocationType.AZC, beds=50, dol_min_section=20)}
    model = DolMatrixModel(words, theme)
    model.show_matrix(DolMatrix.of(rows, there, found, (0.0, 36.0)), {"B": "Bosrand (B)"})
    qtmodeltester.check(model)
    shown = [
        [model.data(model.index(at, column)) for column in range(3)]
        for at in range(model.rowCount())
    ]
    assert [
        ["Samen ingericht", "10", "40"],
        ["Nodig", "0", "45"],
        ["Ondergrens", "0", "36"],
        ["Te weinig", "0", "5"],
        ["Bosrand (B)", "", "30"],
        ["A", "10", "10"],
    ] == shown
    assert ["", "", "", "", "B", "A"] == [model.location(at) for at in range(6)]
    tip = model.data(model.index(5, 2), Qt.ItemDataRole.ToolTipRole)
    assert "10 ingericht, 10 in gebruik: onder het minimum van 20" == tip
    red = model.data(model.index(3, 2), Qt.ItemDataRole.ForegroundRole)
    assert QColor(theme.colours.error) == red
    assert model.data(model.index(3, 1), Qt.ItemDataRole.ForegroundRole) is None
