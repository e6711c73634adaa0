"""The answer of a plan on the screen, what it leads to, and the way back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QScrollArea, QWidget

from planner.core.texts import Language, catalogue, message
from planner.result.main_figures import MainFigures
from planner.result.tiles import TileFigures, TileStanding, tiles
from tests.ui.onscreen import (
    action,
    answer_of,
    button,
    context_of,
    lines_in,
    table_of,
    there,
    words_in,
)
from ui.charts.panel import Chart, SeriesStyle
from ui.results.since_before import since_before
from ui.second_click import SecondClick
from ui.state import Step
from ui.views.answer import AnswerView

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.results.tile import Tile
    from ui.session import Made, Session
    from ui.theme import Theme
    from ui.window import Window
    from ui.words import Words

REMARK = TileStanding.REMARK


@pytest.fixture
def answer(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> AnswerView:
    made = AnswerView(context_of(planned_session, words, theme))
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    qtbot.waitUntil(lambda: made.filled)
    return made


# Where the tables stand below one another, each has room for a rule on one line.
@pytest.mark.parametrize(("width", "breaks"), [(1000, False), (1300, False), (1366, True)])
def test_a_rule_that_falls_short_is_read_whole_however_wide_the_window_is(
    qtbot: QtBot, answer: AnswerView, width: int, *, breaks: bool
) -> None:
    table = answer.short_table
    answer.resize(2600, 700)
    qtbot.waitUntil(lambda: table.columnWidth(1) > width / 2)
    answer.resize(width, 700)

    def whole() -> bool:
        rows = range(table.model().rowCount())
        return all(table.rowHeight(row) >= table.sizeHintForRow(row) for row in rows)

    qtbot.waitUntil(whole)
    line = table.fontMetrics().height() * 1.5
    assert breaks is any(table.sizeHintForRow(row) > line for row in range(5))


def test_pupils_without_a_seat_stand_once_in_what_falls_short(answer: AnswerView) -> None:
    """Those of protected groups are pupils of all groups together too."""
    model = answer.short_table.model()
    said = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert message("rule.school_seats_together.title").text(Language.NL) in said
    assert message("rule.school_seats.title").text(Language.NL) not in said


def test_each_tile_says_now_the_worst_month_and_the_end_in_people_or_places(
    answer: AnswerView, small_made: Made
) -> None:
    found = MainFigures.of(small_made.plan.tables)
    said = lines_in(answer.tiles["emergency"])
    first, last = (f"{round(found.emergency[at])}" for at in (0, -1))
    assert ["Mensen in noodopvang", "nu, jul 2026", "ergst, jul 2026", "eind, jun 2027"] == [
        each for each in said if "20" in each or "Mensen" in each
    ]
    assert [first, first, last] == [each for each in said if each.isdigit()]
    assert "Op het einde nog in gebruik" in said
    needed = f"nodig {round(found.dol_needed[-1])}"
    assert needed in lines_in(answer.tiles["dol"])


@pytest.mark.parametrize("width", [1500, 1200, 1070, 730, 640])
def test_the_answer_is_as_wide_as_the_page_and_need_not_be_moved_sideways(
    qtbot: QtBot, answer: AnswerView, width: int
) -> None:
    answer.resize(width, 700)
    (area,) = answer.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.width() == width and not area.horizontalScrollBar().maximum())
    # With room the month stands behind its word; four in a row on less have it below.
    four_on_less = width in {1200, 1070}
    assert ("nu\njul 2026" if four_on_less else "nu, jul 2026") == lines_in(answer.tiles["beds"])[1]


def test_a_plan_without_months_has_no_tiles() -> None:
    assert () == tiles(MainFigures((), (), (), (), (), (), ()))


def test_the_answer_is_said_again_in_the_other_language(answer: AnswerView, words: Words) -> None:
    assert "Iedereen heeft een plaats" in words_in(answer)
    words.choose(Language.EN)
    assert "Everyone has a place" in words_in(answer)
    assert "Iedereen" not in words_in(answer)


def test_notes_are_folded_until_they_are_asked_for(answer: AnswerView, small_made: Made) -> None:
    count = len(small_made.plan.notes)
    assert not [each for each in words_in(answer).splitlines() if each.startswith("• ")]
    button(answer, f"Uitgangspunten ({count}) tonen").click()
    shown = [each for each in words_in(answer).splitlines() if each.startswith("• ")]
    assert count == len(shown)


def test_a_plan_without_decisions_or_shortfalls_says_so(
    qtbot: QtBot, answer: AnswerView, planned_session: Session, small_made: Made
) -> None:
    tables = {
        **small_made.plan.tables,
        "decisions": small_made.plan.tables["decisions"].head(0),
        "shortfalls": small_made.plan.tables["shortfalls"].head(0),
    }
    sheets = {**small_made.planned.sheets, "shortfalls": tables["shortfalls"]}
    plan = replace(small_made.plan, tables=tables)
    planned_session.take_plan(
        replace(small_made, planned=replace(small_made.planned, shown=plan, sheets=sheets))
    )
    qtbot.waitUntil(lambda: answer.filled)
    assert "Er hoeft niets besloten te worden." in lines_in(answer)
    assert "Geen enkele regel komt tekort." in lines_in(answer)


def test_nothing_is_said_of_a_plan_before_it_is_known_and_it_comes_by_parts(
    qtbot: QtBot, planned_session: Session, words: Words, theme: Theme
) -> None:
    made = AnswerView(context_of(planned_session, words, theme))
    qtbot.addWidget(made)
    made.show()
    assert not made.filled
    assert "niets" not in words_in(made)
    assert "Geen enkele" not in words_in(made)
    qtbot.waitUntil(lambda: made.filled)
    assert "Iedereen heeft een plaats" in words_in(made)


def ask_tile(key: str) -> Callable[[AnswerView], None]:
    return lambda answer: answer.tiles[key].ask.click()


def ask_row(which: str) -> Callable[[AnswerView], None]:
    def ask(answer: AnswerView) -> None:
        model = getattr(answer, which)
        table_of(answer, model).activated.emit(model.index(0, 0))

    return ask


@pytest.mark.parametrize(
    ("follow", "view"),
    [
        (ask_tile("without_place"), "shortfalls"),
        (ask_tile("emergency"), "shortfalls"),
        (ask_tile("dol"), "dol"),
        (ask_tile("beds"), "capacity"),
        (ask_row("decide"), "explanation"),
        (ask_row("short"), "explanation"),
        (lambda answer: button(answer, "Alle tekorten").click(), "shortfalls"),
        (lambda answer: button(answer, "Alle besluiten").click(), "timeline"),
    ],
)
def test_everything_on_the_answer_leads_to_its_why_and_back(
    qtbot: QtBot,
    planned_window: Window,
    follow: Callable[[AnswerView], None],
    view: str,
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.go_to(Step.RESULTS)
    window.history.settle()
    assert "answer" == results.shown
    follow(results.answer)
    assert view == results.shown
    qtbot.waitUntil(lambda: window.history.before is not None and view == results.shown)
    window.history.settle()
    action(window, "back").trigger()
    assert (Step.RESULTS, "answer") == (window.step, results.shown)
    action(window, "forward").trigger()
    assert view == results.shown


def test_why_so_many_are_in_emergency_reception_tells_where_and_when(
    planned_window: Window,
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.go_to(Step.RESULTS)
    ask_tile("emergency")(results.answer)
    shown = results.shortfalls
    chosen = table_of(shown, shown.by_rule).currentIndex()
    (rule,) = shown.by_rule.row(chosen.row())[1:2]
    assert catalogue()["rule.emergency_places.title"] == rule
    across, model = Qt.Orientation.Horizontal, shown.by_rule
    titles = [str(model.headerData(at, across)) for at in range(model.columnCount())]
    assert ["In de ergste maand", "Eenheid", "Ergste maand"] == titles[2:5]
    assert ["Niveau", "Bron"] == titles[-2:]
    told = {title: model.index(chosen.row(), at).data() for at, title in enumerate(titles)}
    assert "personen" == told["Eenheid"]
    assert "Richtlijn (EU) 2024/1346" in told["Bron"]


def test_a_tile_of_the_first_plan_that_is_being_made_leads_on(
    qtbot: QtBot, session: Session, words: Words, theme: Theme
) -> None:
    made = AnswerView(context_of(session, words, theme))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.view_wanted) as wanted:
        ask_tile("emergency")(made)
    assert ["runoff"] == wanted.args


def test_back_returns_from_a_cell_of_the_input_over_each_place_that_was_seen(
    planned_window: Window,
) -> None:
    window, pages = planned_window, planned_window.pages
    window.go_to(Step.RESULTS)
    window.history.settle()
    pages.results.show_location("L04")
    window.history.settle()
    pages.results.show_location("L05")
    window.history.settle()
    pages.go_to_cell("occupancy", 2, "people")
    window.history.settle()
    pages.go_to_cell("parameters", 2, "value")
    window.history.settle()
    seen = []
    for _ in range(5):
        window.history.back()
        seen.append((window.step, pages.view_at(window.step), pages.detail_at(window.step)))
    assert [
        (Step.DATA, "tables", "occupancy"),
        (Step.RESULTS, "location", "L05"),
        (Step.RESULTS, "location", "L04"),
        (Step.RESULTS, "answer", ""),
    ] == seen[:4]


def test_the_button_says_where_back_leads(qtbot: QtBot, planned_window: Window) -> None:
    window = planned_window
    window.go_to(Step.RESULTS)
    window.history.settle()
    window.pages.results.show_view("map")
    window.history.settle()
    back = button(window, "← Terug")
    assert "Terug naar: Antwoord · Antwoord (Alt+←)" == back.toolTip()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "answer" == window.pages.results.shown


def test_a_tile_answers_the_mouse_and_its_line_reads_a_month(
    qtbot: QtBot, answer: AnswerView, small_made: Made
) -> None:
    tile: Tile = answer.tiles["dol"]
    with qtbot.waitSignal(tile.asked) as asked:
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert ["dol"] == asked.args
    found = MainFigures.of(small_made.plan.tables)
    needed, places = round(found.dol_needed[5]), round(found.dol_places[5])
    assert f"dec 2026: {places}, nodig {needed}" == tile.spark.read(5)


@pytest.mark.parametrize(
    ("places", "standing", "short"),
    [
        ((10.0, 20.0), TileStanding.GOOD, 0),
        ((9.0, 20.0), TileStanding.REMARK, 1),
        ((10.0, 19.0), TileStanding.ERROR, 1),
        ((10.0, 19.8), TileStanding.GOOD, 0),  # less than half a place lacks nobody
    ],
)
def test_a_tile_stands_as_it_does_in_the_last_month(
    small_made: Made, places: tuple[float, ...], standing: TileStanding, short: int
) -> None:
    months = MainFigures.of(small_made.plan.tables).months[:2]
    nothing = (0.0, 0.0)
    found = MainFigures(months, nothing, nothing, places, (10.0, 20.0), nothing, nothing)
    dol = tiles(found)[2]
    assert (standing, short) == (dol.standing, dol.short)


def test_what_is_short_without_decisions_stands_between_what_is_there_and_what_is_needed(
    planned_window: Window,
) -> None:
    planned_window.go_to(Step.RESULTS)
    planned_window.pages.results.show_view("runoff")
    chart = planned_window.pages.results.runoff.twin.chart.chart
    assert isinstance(chart, Chart)
    styles = (SeriesStyle.AREA, SeriesStyle.GAP)
    areas = [each.values for each in chart.series if each.drawn in styles]
    (needed,) = (each.values for each in chart.series if each.key == "column.needed_beds")
    assert 2 == len(areas)
    there = areas[0]
    assert any(more > beds for more, beds in zip(needed, there, strict=True))
    for at, month_needed in enumerate(needed):
        assert sum(each[at] for each in areas) == pytest.approx(max(month_needed, there[at]))


def test_a_month_chosen_in_one_chart_is_chosen_on_every_page(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.go_to(Step.RESULTS)
    results.show_view("runoff")
    results.show_view("map")
    results.show_view("answer")
    answer_of(qtbot, window).chart.moved.emit(4)
    assert 4 == results.map.month.value()
    assert 4 == results.runoff.twin.table.currentIndex().row()
    assert "nov 2026" in results.runoff.twin.chart.accessibleDescription()
    results.show_view("capacity")  # seen for the first time, and it is there too
    assert "nov 2026" in results.capacity.twin.chart.accessibleDescription()
    results.map.month.setValue(7)
    assert "feb 2027" in results.answer.chart.accessibleDescription()


def test_the_worst_month_is_the_first_of_those_that_are_as_bad(small_made: Made) -> None:
    months = MainFigures.of(small_made.plan.tables).months[:3]
    nothing = (0.0, 0.0, 0.0)
    people = (5.0, 30.2, 30.4)  # less than half a person is no difference
    found = MainFigures(months, nothing, people, nothing, nothing, nothing, nothing)
    assert 1 == tiles(found)[1].worst


def test_the_second_half_of_a_double_click_does_nothing_on_the_page_it_leads_to(
    qtbot: QtBot, planned_window: Window
) -> None:
    results = planned_window.pages.results
    planned_window.go_to(Step.RESULTS)
    results.show_view("answer")
    taken = SecondClick(planned_window)
    before = results.shown
    button_of = results.tabs.tabBar()
    spot = button_of.tabRect(1).center()
    QCursor.setPos(button_of.mapToGlobal(spot))
    taken.take()
    qtbot.mouseClick(button_of, Qt.MouseButton.LeftButton, pos=spot)
    assert before == results.shown
    # Elsewhere a click is a click.
    qtbot.mouseClick(button_of, Qt.MouseButton.LeftButton, pos=button_of.tabRect(2).center())
    assert before != results.shown


def test_what_an_edit_did_is_said_for_the_ends_and_else_for_the_months_between(
    words: Words,
) -> None:
    months = tuple(dt.date(2026, month, 1) for month in (7, 8, 9))

    def beds(*values: float) -> list[TileFigures]:
        return [TileFigures("beds", months, values, (), values.index(min(values)), REMARK)]

    said = since_before(beds(5, 3, 4), beds(5, 3, 6), words)
    assert "Tegenover het plan hiervoor: Bedden in contract op het einde 6 → 4." == said
    # The first, the least and the last are as they were; of three months one is not.
    said = since_before(beds(3, 5, 4), beds(3, 6, 4), words)
    assert "Bedden in contract in 1 maand ertussen anders" in said
    assert "in geen enkele maand" in since_before(beds(3, 5, 4), beds(3, 5, 4), words)


def test_tab_goes_down_the_answer_as_the_eye_does(answer: AnswerView) -> None:
    asked = [each.ask for each in answer.tiles.values()]
    wanted = [*asked, answer.decide_table, answer.short_table, answer.chart]
    met: list[QWidget] = [asked[0]]
    while (following := met[-1].nextInFocusChain()) not in {None, asked[0]}:
        met.append(there(following))
    assert wanted == [each for each in met if each in wanted]
