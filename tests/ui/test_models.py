"""The table models: Qt's own tester on each, findings on the cells, words in both languages."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget

import ui
from planner.core.errors import Finding, Severity
from planner.core.texts import Language, Text, message
from planner.forecast.demand_inputs import InputPlace, UsedInput
from planner.input.records import TABLES, table
from planner.sheets.result_tables import RESULT_TABLES
from planner.whatif.session import LevelChange
from ui.comparing.columns import BY_UNIT, PlansModel, theme_columns, theme_digits
from ui.comparing.heat import HeatModel
from ui.comparing.side_by_side import LevelsModel
from ui.results.dol_matrix import DolMatrixModel
from ui.results.model import ResultModel, ShownColumn, decimals, declared
from ui.results.month_matrix import MonthMatrixModel
from ui.results.named_model import NamedModel
from ui.results.table import ResultGrid
from ui.tables import cells
from ui.tables.frame_model import FrameModel
from ui.views.forecast_inputs import InputsModel
from ui.whatif.trial_levels import TrialLevelsModel

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from ui.session import Session
    from ui.theme import Theme
    from ui.words import Words

Role = Qt.ItemDataRole


@pytest.fixture
def locations(words: Words, theme: Theme, small_book: Book) -> FrameModel:
    model = FrameModel(table("locations"), words, theme)
    model.show(small_book.tables["locations"])
    return model


def at(model: FrameModel, row: int, key: str) -> QModelIndex:
    return model.index(row, [each.key for each in model.columns].index(key))


@pytest.mark.parametrize("key", [each.key for each in TABLES])
def test_qt_finds_no_fault_in_the_model_of_any_table(
    qtmodeltester: ModelTester, words: Words, theme: Theme, small_book: Book, key: str
) -> None:
    model = FrameModel(table(key), words, theme)
    qtmodeltester.check(model)
    model.show(small_book.tables.get(key))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.filter("a")
    model.filter("")
    model.show(None)


def test_qt_finds_no_fault_in_a_result_model(qtmodeltester: ModelTester, words: Words) -> None:
    model = ResultModel([ShownColumn("level"), *declared("runoff", "month", "shortage")], words)
    qtmodeltester.check(model)
    model.show([("a", dt.date(2026, 7, 1), 1.5), ("b", None, None)])
    model.sort(2, Qt.SortOrder.DescendingOrder)
    words.choose(Language.EN)


def test_qt_finds_no_fault_in_the_levels_of_a_trial(
    qtmodeltester: ModelTester, words: Words, theme: Theme
) -> None:
    model = TrialLevelsModel(words, theme)
    qtmodeltester.check(model)
    model.show_levels({"unplaced": LevelChange("person-months", value=1.0, before=3.0)})
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    sides = [model.index(0, at).data(Qt.ItemDataRole.TextAlignmentRole) for at in range(5)]
    assert [False, True, True, True, False] == [each == right for each in sides]
    model.show_levels({})
    # Also while an answer is being worked out, so not that there is nothing to show.
    assert "Wordt een niveau meer of minder, dan staat dat hier." == model.said_when_empty()


def test_no_model_is_missing_above() -> None:
    def below(kind: Any) -> set[type]:
        return {kind} | {each for child in kind.__subclasses__() for each in below(child)}

    for each in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(each.name)
    own = {each for each in below(QAbstractItemModel) if each.__module__.startswith("ui.")}
    known = {FrameModel, ResultModel, NamedModel, PlansModel, HeatModel, InputsModel}
    # These are held to Qt's own rules where their views are tested.
    assert {*known, MonthMatrixModel, DolMatrixModel, LevelsModel, TrialLevelsModel} == own


def test_qt_finds_no_fault_in_models_of_plans_side_by_side(
    qtmodeltester: ModelTester, words: Words, theme: Theme
) -> None:
    columns = [ShownColumn("level"), ShownColumn("plan_0"), ShownColumn("plan_1")]
    rows = [("a", 1.0, 2.0), ("b", 0.0, None)]
    for model in (PlansModel(words), HeatModel(words, theme)):
        qtmodeltester.check(model)
        model.show_plans(columns, rows, ["een", "twee"])
        if isinstance(model, HeatModel):
            model.heat([[1.0, 2.0], [0.0, 0.0]])
        model.sort(1, Qt.SortOrder.DescendingOrder)
        model.show_plans(columns[:2], [("c", 3.0)], ["een"])


def test_qt_finds_no_fault_in_models_of_names_and_of_inputs(
    qtmodeltester: ModelTester, words: Words, session: Session
) -> None:
    named = NamedModel(["level"], words)
    qtmodeltester.check(named)
    named.show_named(["a", "b"], [("x", 1, 2), ("y", 3, None)])
    named.show_named(["a"], [("x", 1)])
    inputs = InputsModel(words)
    qtmodeltester.check(inputs)
    what = Text("duur", "length")
    row = int(session.sheet("locations").frame.index[0])  # type: ignore[union-attr] # the demo has it
    cell = InputPlace("locations", row, "beds")
    inputs.show_inputs(
        (
            UsedInput("s", "g", what, 1.5, 1.5, "months", None, "bron"),
            UsedInput("s", "h", what, 2.0, 2, "beds", cell, what),
        ),
        session,
    )
    inputs.show_inputs((), session)


def test_sorting_downward_too_puts_empty_cells_last(locations: FrameModel) -> None:
    column = [each.key for each in locations.columns].index("open_until")
    locations.sort(column, Qt.SortOrder.DescendingOrder)
    shown = [locations.cell(row, column) for row in range(locations.rowCount())]
    assert shown[0] is not None
    assert shown[-1] is None


def test_a_cell_asks_for_an_edit_and_changes_nothing(locations: FrameModel) -> None:
    wanted: list[object] = []
    locations.requested.connect(wanted.append)
    index = at(locations, 0, "beds")
    before = locations.raw(index)
    assert locations.setData(index, "1.250")
    assert [((locations.row_number(0), "beds", 1250),)] == wanted
    assert before == locations.raw(index)


def test_a_model_for_viewing_cannot_be_edited(locations: FrameModel) -> None:
    locations.editable = False
    index = at(locations, 0, "beds")
    assert not locations.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not locations.setData(index, "5")


@pytest.mark.parametrize("severity", list(Severity))
def test_a_finding_colours_its_cell_and_says_why(locations: FrameModel, severity: Severity) -> None:
    what, todo = message("finding.empty_cell", column="x"), message("finding.empty_cell.todo")
    finding = Finding(severity, what, todo, table="locations", row=locations.row_number(2))
    locations.mark({(locations.row_number(2), "beds"): (finding,)})
    marked, other = at(locations, 2, "beds"), at(locations, 3, "beds")
    for role in (Role.BackgroundRole, Role.ForegroundRole, Role.DecorationRole):
        assert locations.data(marked, role) is not None
        assert locations.data(other, role) is None
    assert "leeg is niet nul" in str(locations.data(marked, Role.ToolTipRole))


def test_sorting_puts_empty_cells_last_and_the_sheet_order_comes_back(
    locations: FrameModel,
) -> None:
    order = [locations.row_number(row) for row in range(locations.rowCount())]
    column = [each.key for each in locations.columns].index("open_until")
    locations.sort(column)
    shown = [locations.raw(locations.index(row, column)) for row in range(locations.rowCount())]
    filled = [each for each in shown if each is not None]
    assert sorted(filled) == filled
    assert [None] * (len(shown) - len(filled)) == shown[len(filled) :]
    locations.sort(-1)
    assert order == [locations.row_number(row) for row in range(locations.rowCount())]


def test_a_filter_shows_the_rows_that_hold_the_text(locations: FrameModel) -> None:
    locations.filter("groningen")
    assert 0 < locations.rowCount() < locations.total
    provinces = {
        locations.data(at(locations, row, "province")) for row in range(locations.rowCount())
    }
    assert {"Groningen"} == provinces


def test_a_place_is_found_by_row_and_column(locations: FrameModel) -> None:
    row = locations.row_number(4)
    assert at(locations, 4, "beds") == locations.place(row, "beds")
    assert not locations.place(10_000, "beds").isValid()


def test_the_language_changes_titles_and_values(locations: FrameModel, words: Words) -> None:
    index = at(locations, 2, "type")
    dutch = locations.data(index)
    words.choose(Language.EN)
    assert dutch != locations.data(index)
    assert "Beds *" == locations.headerData(
        [each.key for each in locations.columns].index("beds"), Qt.Orientation.Horizontal
    )


@pytest.mark.parametrize(
    ("key", "typed", "language", "kept"),
    [
        ("beds", "1.200", Language.NL, 1200),
        ("beds", "1,200", Language.EN, 1200),
        ("beds", "veel", Language.NL, "veel"),
        ("beds", "  ", Language.NL, None),
        ("occupancy_norm", "0,91", Language.NL, 0.91),
        ("occupancy_norm", "0.91", Language.EN, 0.91),
        ("open_until", "03-04-2026", Language.NL, dt.date(2026, 4, 3)),
        ("open_until", "2026-04-03", Language.EN, dt.date(2026, 4, 3)),
        ("open_until", "31-02-2026", Language.NL, "31-02-2026"),
        ("type", "asielzoekerscentrum", Language.NL, "azc"),
        ("child_suitable", "ja", Language.NL, True),
        ("id", "007", Language.NL, "007"),
    ],
)
def test_what_is_typed_is_read_in_the_language_in_use(
    key: str, typed: str, language: Language, kept: object
) -> None:
    read = cells.read(table("locations").column(key), typed, language)
    assert kept == read
    assert type(kept) is type(read)


@pytest.mark.parametrize("language", list(Language))
def test_what_is_shown_for_editing_reads_back_as_it_was(
    language: Language, small_book: Book
) -> None:
    for key, sheet in small_book.tables.items():
        for column in table(key).columns:
            if column.key not in sheet.frame.columns:
                continue
            for value in sheet.frame[column.key][:40]:
                typed = cells.typed(column, value, language)
                again = cells.read(column, typed, language)
                shown = cells.shown(column, value, language)
                assert shown == cells.shown(column, again, language)


def test_every_result_sheet_has_a_model(words: Words) -> None:
    for key, sheet in RESULT_TABLES.items():
        model = ResultModel(declared(key, *(each.key for each in sheet.columns)), words)
        titles = [
            model.headerData(column, Qt.Orientation.Horizontal)
            for column in range(model.columnCount())
        ]
        assert [each.title.nl for each in sheet.columns] == titles


def test_a_nought_has_no_minus(words: Words) -> None:
    assert "0" == words.number(-0.0000001)
    assert "0" == words.number(-0.0, None)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((44.0, 202.0, 0, None), 0),
        ((44.0, 202.8, 1454.6), 1),
        ((0.81, 150_441_984.4), 2),
        ((float("nan"), float("inf"), "0,81", True), 0),
        ((0.004, 3.0), 0),
    ],
)
def test_numbers_of_a_column_have_as_many_decimals(
    values: tuple[object, ...], expected: int
) -> None:
    assert expected == decimals(values)


def test_a_column_without_decimals_of_its_own_shows_its_numbers_alike(words: Words) -> None:
    model = ResultModel([ShownColumn("people", None), ShownColumn("group")], words)
    model.show([(44.0, "a"), (202.8, "b"), (1454.6, "c")])
    assert ["44,0", "202,8", "1.454,6"] == [model.index(row, 0).data() for row in range(3)]
    model.show([(44.0, "a")])
    assert "44" == model.index(0, 0).data()


def test_numbers_of_several_units_have_decimals_of_their_own(words: Words) -> None:
    """One share among them gave every number of people two decimals."""
    model = ResultModel([ShownColumn("value", None), ShownColumn("unit")], words)
    rows = [
        (964.8, "person-months"), (0.8103, "share"), (1e-9, "euro"), (2.5, "persons"),
        (12.5, "months"), (16.0, "places"), (12.5, message("unit.months").both),
    ]  # fmt: skip
    model.show(rows)
    shown = [model.index(row, 0).data() for row in range(len(rows))]
    assert ["965", "0,81", "0", "2,5", "12,5", "16", "12,5"] == shown


def test_a_number_has_decimals_of_the_unit_beside_it(words: Words) -> None:
    """What not to open costs is told in person-months, not in shares as what was opened."""
    columns = [
        ShownColumn("used", None), ShownColumn("unit"),
        ShownColumn("worth", None, unit="worth_unit"), ShownColumn("worth_unit"),
    ]  # fmt: skip
    model = ResultModel(columns, words)
    model.show([(0.5125, "share", 1679.43, "person-months")])
    assert ["0,51", "1.679"] == [model.index(0, at).data() for at in (0, 2)]


def test_levels_of_compared_plans_have_decimals_of_their_own(words: Words) -> None:
    assert BY_UNIT == theme_digits("levels", [(0.5, 1000.0)])
    columns = theme_columns("levels", ("een", "twee"), words, BY_UNIT)
    model = PlansModel(words)
    rows = [("kosten", "euro", 120000.25, 100000.0, 220000.25), ("deel", "share", 0.25, 0.5, 0.75)]
    model.show_plans(columns, rows, ("een", "twee"))
    shown = [[model.index(row, at).data() for at in range(2, 5)] for row in range(2)]
    assert [["+120.000", "100.000", "220.000"], ["+0,25", "0,50", "0,75"]] == shown


@pytest.mark.parametrize("text", ["zonder enige plaats", "140.251.439"])
def test_no_column_is_beyond_the_edge_for_the_room_around_texts(
    text: str, qtbot: QtBot, words: Words, theme: Theme
) -> None:
    model = ResultModel([ShownColumn("level") for _ in range(9)], words)
    model.show([(text,) * 9] * 40)
    window, grid = QWidget(), ResultGrid(model)
    theme.dress(window)  # which says how much stands beside a text
    qtbot.addWidget(window)
    grid.setParent(window)
    window.resize(2000, 300)
    grid.resize(2000, 300)
    window.show()
    wanted = sum(grid.columnWidth(at) for at in range(9))
    assert wanted < grid.viewport().width()
    grid.resize(wanted + 10, 300)  # the bar at the right takes a little more than that
    qtbot.waitUntil(lambda: grid.viewport().width() < wanted)
    qtbot.waitUntil(lambda: not grid.horizontalScrollBar().maximum())
    cell = model.index(0, 0)
    assert all(grid.columnWidth(at) >= grid.sizeHintForIndex(cell).width() for at in range(9))
    assert all(grid.columnWidth(at) >= grid.sizeHintForColumn(at) for at in range(9))


def test_room_of_hidden_columns_goes_to_texts_that_would_be_cut_off(
    qtbot: QtBot, words: Words
) -> None:
    """A text of 18 words is wider than a column is at first, and fits where it is alone."""
    columns = [ShownColumn(key) for key in ("level", "comparison_part", "dol_size_line")]
    model = ResultModel(columns, words)
    grid = ResultGrid(model)
    qtbot.addWidget(grid)
    text = "woord " * 18
    wanted = grid.fontMetrics().horizontalAdvance(text)
    grid.resize(wanted + 200, 300)
    grid.show()
    model.show([(text, text, text)])
    assert grid.columnWidth(0) < wanted
    for column in (1, 2):
        grid.setColumnHidden(column, True)  # noqa: FBT003 - Qt's own signature
    qtbot.waitUntil(lambda: grid.columnWidth(0) >= wanted)
    grid.setColumnWidth(0, 77)  # as the user does
    grid.setColumnHidden(1, False)  # noqa: FBT003 - as above
    QApplication.processEvents()
    assert 77 == grid.columnWidth(0)
