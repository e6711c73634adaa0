"""The demand calculation in the window: its views, its inputs, and how it is kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from planner import api
from planner.core.texts import Language
from planner.forecast.demand_forecast import forecast, with_forecast
from planner.forecast.forecast_view import ShownForecast, shown_forecast
from planner.input.edits import SetCell
from planner.input.supplied_names import Named, code_of
from planner.jobs.opened_book import checked
from planner.jobs.requests import BookState, Opened
from planner.sheets.result_sheets import read_results
from tests.ui.onscreen import (
    PATIENCE_MS,
    action,
    button,
    lines_in,
    list_with,
    notices_in,
    only,
    pick,
    there,
    words_in,
)
from ui.charts.bars import Passages, Tornado
from ui.charts.by_month import Chart, SeriesStyle
from ui.charts.curves import Curves
from ui.dialogs import Asking
from ui.forecast.parts import Setting
from ui.forecast_page import ForecastPage
from ui.results.group_hues import ORDER, group_hues, hue_of
from ui.session import BookOrigin, Session
from ui.state import Step
from ui.views.forecast_dol_size import ForecastDolSizeView
from ui.views.forecast_flows import ForecastFlowsView
from ui.views.forecast_hangs import ForecastHangsView
from ui.views.forecast_inputs import GIVEN, ForecastInputsView
from ui.views.forecast_people import ForecastPeopleView

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.charts.panel import ChartPanel
    from ui.theme import Theme
    from ui.window import Window
    from ui.words import Words


class NoJobs:
    """Runs nothing: a view is shown a forecast that was made before."""

    def run(self, job: object) -> None:
        raise AssertionError(job)


@pytest.fixture(scope="module")
def made(small_book: Book) -> ShownForecast:
    return shown_forecast(small_book, "middle")


@pytest.fixture(scope="module")
def replaced(small_book: Book) -> ShownForecast:
    """The forecast of the demo with its own numbers on the sheet Forecast."""
    computed = forecast(small_book, "middle")
    return shown_forecast(with_forecast(small_book, computed, Language.NL), "middle")


@pytest.fixture(scope="module")
def without_streams(small_book: Book) -> Book:
    """The demo with nothing on the sheets Streams and Stages, so that the supplied rows hold."""
    book = small_book
    for key in ("streams", "stages"):
        sheet = book.tables[key]
        book = book.with_table(sheet.with_frame(sheet.frame.iloc[:0]))
    return book


def setting_of(session: Session, words: Words, theme: Theme, shown: ShownForecast) -> Setting:
    from ui.forecast.forecasts import Forecasts  # noqa: PLC0415 - patched below

    forecasts = Forecasts(session, NoJobs())  # type: ignore[arg-type] # stands in for the jobs
    forecasts._shown = shown  # noqa: SLF001 - as if it had been computed
    asking = Asking(words)
    return Setting(session, words, theme, asking.picture_path, forecasts, asking)


@pytest.fixture
def setting(session: Session, words: Words, theme: Theme, made: ShownForecast) -> Setting:
    return setting_of(session, words, theme, made)


@pytest.fixture
def setting_replaced(
    session: Session, words: Words, theme: Theme, replaced: ShownForecast
) -> Setting:
    return setting_of(session, words, theme, replaced)


def chart(panel: ChartPanel, kind: type) -> Any:
    assert isinstance(panel.chart, kind)
    return panel.chart


def test_areas_add_up_to_everybody(setting: Setting, made: ShownForecast, qtbot: QtBot) -> None:
    view = ForecastPeopleView(setting)
    qtbot.addWidget(view)
    drawn = chart(view.twin.chart, Chart)
    people = made.sheets["forecast_people"]
    areas = [each for each in drawn.series if each.drawn is SeriesStyle.AREA]
    hues = group_hues(setting.session.sheet("groups"))
    groups = sorted(  # by ground, then in the order of their ids
        dict.fromkeys(people["group"]), key=lambda group: ORDER.index(hue_of(hues, group))
    )
    names = [setting.words.called(group) for group in groups]
    assert names == [each.name for each in areas]
    assert ["versnelde procedure", "Dublin gezin"] == [names[0], names[-2]]
    for at, month in enumerate(drawn.months):
        whole = people.loc[people["month"] == month, "people"].sum()
        assert pytest.approx(whole) == sum(each.values[at] for each in areas)
    assert areas == list(drawn.series)  # the sheet Forecast of the demo is empty
    assert 3 == len(lines_in(view.twin))  # title, lead, the group: nothing is remarked
    assert not only(view, QCheckBox).isEnabled()
    assert all(low <= high for low, high in zip(drawn.band.low, drawn.band.high, strict=True))


def test_the_sheets_numbers_are_marked_where_the_areas_end(
    setting_replaced: Setting, qtbot: QtBot
) -> None:
    view = ForecastPeopleView(setting_replaced)
    qtbot.addWidget(view)
    drawn = chart(view.twin.chart, Chart)
    areas = [each for each in drawn.series if each.drawn is SeriesStyle.AREA]
    assert [SeriesStyle.LINE, SeriesStyle.MARK] == [
        each.drawn for each in drawn.series[len(areas) :]
    ]
    given = drawn.series[-1]
    stacked = [sum(each.values[at] for each in areas) for at in range(len(drawn.months))]
    assert stacked == pytest.approx(list(given.values))  # the marks stand where the areas end
    assert all(low <= high for low, high in zip(drawn.band.low, drawn.band.high, strict=True))


def test_what_the_sheet_replaces_is_told(setting_replaced: Setting, qtbot: QtBot) -> None:
    view = ForecastPeopleView(setting_replaced)
    qtbot.addWidget(view)
    assert "156 van de 156" in words_in(view.twin)
    assert "blad Prognose: 13 van 13 groepen" in view.twin.model.as_text()
    only(view, QCheckBox).setChecked(True)
    assert {SeriesStyle.AREA} == {each.drawn for each in chart(view.twin.chart, Chart).series}


def test_one_group_has_its_own_band(setting: Setting, made: ShownForecast, qtbot: QtBot) -> None:
    view = ForecastPeopleView(setting)
    qtbot.addWidget(view)
    view.group.choose("families")
    view.take()
    people = made.sheets["forecast_people"]
    mine = people[people["group"] == "families"]
    drawn = chart(view.twin.chart, Chart)
    assert "gezinnen" == drawn.series[0].name
    assert tuple(mine["people"]) == drawn.series[0].values
    assert tuple(mine["p90"]) == drawn.band.high
    assert len(mine) == view.twin.model.rowCount()


def test_the_arrow_keys_read_out_groups_and_band(
    setting_replaced: Setting, qtbot: QtBot, words: Words
) -> None:
    view = ForecastPeopleView(setting_replaced)
    qtbot.addWidget(view)
    view.resize(1200, 600)
    view.show()
    qtbot.keyClick(view.twin.chart, Qt.Key.Key_Right)
    told = view.twin.chart.accessibleDescription()
    assert told.startswith("jul 2026: versnelde procedure 70, Dublin voor het besluit 160")
    assert "in aanmelding 42, " in told
    assert "alleenstaande mannen 1.253, " in told
    assert "berekend, 10 tot 90 % 3.889 tot 3.889" in told
    assert told.endswith("gegeven op blad Prognose")
    words.choose(Language.EN)
    told = ForecastPeopleView(setting_replaced).twin.chart.chart.tell(0, words)
    assert "computed, 10 to 90 %" in told


def test_flows_follow_the_month(setting: Setting, made: ShownForecast, qtbot: QtBot) -> None:
    view = ForecastFlowsView(setting)
    qtbot.addWidget(view)
    view.resize(1200, 600)
    view.show()
    for _ in range(3):
        qtbot.keyClick(view.twin.chart, Qt.Key.Key_Right)
    flows = made.sheets["forecast_flows"]
    month = sorted(set(flows["month"]))[2]
    greatest = flows[flows["month"] == month].sort_values("people", ascending=False).iloc[0]
    assert 2 == view.findChildren(QComboBox)[0].currentData()
    source, _, people, whole = view.twin.model.row(0)
    assert (greatest["source"], greatest["people"]) == (source, people)
    assert isinstance(whole, float)
    assert greatest["people"] < whole
    assert f"{setting.words.called(source)} → " in chart(view.twin.chart, Passages).tell(
        2, setting.words
    )


@pytest.mark.parametrize(
    ("kind", "source", "target"),
    [
        ("coming", "first_applications", "in_registration"),
        ("between", "in_registration", "single_men"),
        ("between", "single_men", "permit_holders"),
        ("leaving", "permit_holders", "uit de opvang"),
    ],
)
def test_flows_are_told_by_their_way(
    setting: Setting, qtbot: QtBot, kind: str, source: str, target: str
) -> None:
    view = ForecastFlowsView(setting)
    qtbot.addWidget(view)
    whole = view.twin.model.rowCount()
    pick(list_with(view, kind), kind)
    listed = f"{setting.words.called(source)}\t{setting.words.called(target)}"
    assert listed in view.twin.model.as_text()
    assert 0 < view.twin.model.rowCount() < whole


@pytest.mark.parametrize("outcome", ["dol", "emergency", "total"])
def test_what_it_hangs_on_is_ranked(
    setting: Setting, made: ShownForecast, qtbot: QtBot, outcome: str
) -> None:
    view = ForecastHangsView(setting)
    qtbot.addWidget(view)
    view.outcome.choose(outcome)
    view.take()
    drawn = chart(view.twin.chart, Tornado)
    swings = [abs(each.at_high - each.at_low) for each in drawn.bars]
    assert sorted(swings, reverse=True) == swings
    assert made.base[outcome] == drawn.base
    listed = made.sheets["sensitivity"]
    assert (listed["outcome"] == outcome).sum() == view.twin.model.rowCount()
    assert drawn.tell(0, setting.words).startswith("1. ")


def test_the_size_of_dol_is_told_in_arithmetic(setting: Setting, qtbot: QtBot) -> None:
    view = ForecastDolSizeView(setting)
    qtbot.addWidget(view)
    view.accepted.setValue(482)
    view.stay.setValue(2.5)
    told = words_in(view.twin)
    assert "482 per maand" in told
    assert "2,5 maanden = 1.205 mensen" in told
    drawn = chart(view.twin.chart, Curves)
    assert [72.0, 120.0] == [each.value for each in drawn.limits]
    assert (2.5, 1205.0) == (drawn.points[1].across, drawn.points[1].up)
    (tried,) = (each for each in drawn.curves if "482" in each.name)
    assert pytest.approx(482 * 4.0) == tried.values[drawn.places.index(4.0)]
    button(view, setting.words.say("dol_size.back")).click()
    assert 1 == len(chart(view.twin.chart, Curves).points)


def test_today_lies_where_the_table_says(
    setting: Setting, made: ShownForecast, qtbot: QtBot
) -> None:
    view = ForecastDolSizeView(setting)
    qtbot.addWidget(view)
    (point,) = chart(view.twin.chart, Curves).points
    assert (made.dol.today.stay, made.dol.today.people) == (point.across, point.up)
    against = {row[4] for row in map(view.twin.model.row, range(view.twin.model.rowCount()))}
    assert {"onder de band", "binnen de band", "boven de band"} == against
    assert 5 == view.twin.model.columnCount()


@pytest.fixture
def inputs(setting: Setting, qtbot: QtBot) -> tuple[ForecastInputsView, list[str]]:
    followed: list[str] = []
    view = ForecastInputsView(setting, lambda table, _row, _column: followed.append(table))
    qtbot.addWidget(view)
    return view, followed


def row_of(view: ForecastInputsView, what: str) -> int:
    return next(
        at for at in range(view.model.rowCount()) if what in str(view.model.index(at, 2).data())
    )


def test_an_input_is_changed_in_its_cell(
    inputs: tuple[ForecastInputsView, list[str]], session: Session
) -> None:
    view, _ = inputs
    index = view.model.index(row_of(view, "Aandeel aanvaarde Dublinclaims"), GIVEN)
    cell = view.model.input(index).cell
    assert cell is not None
    assert "0,18" == view.model.data(index, Qt.ItemDataRole.EditRole)
    view.model.setData(index, "0,25")
    sheet = session.sheet("parameters")
    assert sheet is not None
    assert 0.25 == sheet.frame["value"][there(cell.row)]
    session.undo()
    sheet = session.sheet("parameters")
    assert sheet is not None
    assert 0.18 == sheet.frame["value"][there(cell.row)]


def test_only_what_stands_in_a_cell_can_be_changed(
    inputs: tuple[ForecastInputsView, list[str]], session: Session
) -> None:
    view, _ = inputs
    editable = Qt.ItemFlag.ItemIsEditable
    given = view.model.index(row_of(view, "Aandeel versneld"), GIVEN)
    share = view.model.index(row_of(view, "aandeel"), GIVEN)
    arrivals = view.model.index(row_of(view, "aankomsten"), GIVEN)
    assert view.model.flags(given) & editable
    assert view.model.flags(share) & editable
    assert str(share.siblingAtColumn(6).data()).startswith("Stromen!C")
    assert not view.model.flags(arrivals) & editable  # a mean over many cells
    session.viewing = True
    view.take()
    assert not view.model.flags(given) & editable
    assert not view.model.flags(share) & editable


@pytest.fixture
def bare_inputs(
    words: Words, theme: Theme, without_streams: Book, qtbot: QtBot
) -> tuple[ForecastInputsView, Session, ShownForecast]:
    """The inputs of a book that leaves streams and stages to what is supplied."""
    opened = Opened(BookState(1, without_streams), checked(without_streams, None))
    bare = Session()
    bare.adopt(opened, BookOrigin(demo="small"))
    shown = shown_forecast(without_streams, "middle")
    view = ForecastInputsView(setting_of(bare, words, theme, shown), lambda *_cell: None)
    qtbot.addWidget(view)
    return view, bare, shown


def test_what_is_supplied_has_no_cell_to_change(
    bare_inputs: tuple[ForecastInputsView, Session, ShownForecast],
) -> None:
    view, _, _ = bare_inputs
    editable = Qt.ItemFlag.ItemIsEditable
    given = view.model.index(row_of(view, "Aandeel versneld"), GIVEN)
    supplied = view.model.index(row_of(view, "aandeel"), GIVEN)
    assert view.model.flags(given) & editable
    assert not view.model.flags(supplied) & editable
    assert "meegeleverd, niet in dit werkboek" == supplied.siblingAtColumn(6).data()


def test_a_double_click_goes_to_the_cell(
    inputs: tuple[ForecastInputsView, list[str]],
) -> None:
    view, followed = inputs
    view.table.doubleClicked.emit(view.model.index(row_of(view, "Overdrachtstermijn"), 0))
    assert ["parameters"] == followed


def test_the_streams_are_put_on_the_sheet_as_one_step(
    bare_inputs: tuple[ForecastInputsView, Session, ShownForecast],
) -> None:
    view, session, shown = bare_inputs
    view.put_on_sheet()
    sheet = session.sheet("streams")
    assert sheet is not None
    assert 0 < len(shown.streams) == len(sheet.frame)
    session.undo()
    sheet = session.sheet("streams")
    assert sheet is not None
    assert 0 == len(sheet.frame)
    assert "" == session.undo_name()


def test_streams_that_stand_on_the_sheet_are_not_offered_again(
    inputs: tuple[ForecastInputsView, list[str]], session: Session, made: ShownForecast
) -> None:
    view, _ = inputs
    assert () == made.streams
    assert view.to_sheet.isHidden()
    view.put_on_sheet()
    assert "" == session.undo_name()


def test_inputs_are_found_by_their_words(inputs: tuple[ForecastInputsView, list[str]]) -> None:
    view, _ = inputs
    only(view, QLineEdit).setText("dublin_single")
    shown = [view.model.row(at) for at in range(view.model.rowCount())]
    assert shown
    assert all("dublin_single" in f"{row[0]} {row[1]}" for row in shown)


@pytest.fixture
def page(qtbot: QtBot, small: Window) -> ForecastPage:
    """The page of the forecast, made and up to date."""
    small.go_to(Step.DATA)
    small.pages.data_page.show_view("forecast")
    made = small.pages.forecast
    qtbot.waitUntil(lambda: made.forecasts.shown is not None, timeout=PATIENCE_MS)
    return made


def test_a_planner_changes_an_input_and_sees_the_forecast_follow(
    qtbot: QtBot, small: Window, page: ForecastPage, answers: Answers, tmp_path: Path
) -> None:
    forecasts = page.forecasts
    assert not action(small, "clear").isEnabled()  # the tables are out of view
    assert "" == page.state
    assert "middle" == page.scenario.value
    before = forecasts.shown
    assert before is not None

    # A change of the book: told at once, computed in the background.
    sheet = small.session.sheet("groups")
    assert sheet is not None
    groups = [code_of(Named.GROUPS, each) for each in sheet.frame["group"]]
    row = int(sheet.frame.index[groups.index("dublin_single")])
    small.session.edit("undo.cell", [SetCell("groups", row, "stay_months", 5.0)])
    assert page.state.startswith("De invoer is gewijzigd")
    assert notices_in(page.people.twin.chart)
    qtbot.waitUntil(lambda: not forecasts.stale, timeout=PATIENCE_MS)
    assert "" == page.state
    after = forecasts.shown
    assert after is not None
    assert after.dol.today.stay > before.dol.today.stay

    # Another scenario.
    pick(page.scenario.box, "high")
    qtbot.waitUntil(lambda: not forecasts.stale, timeout=PATIENCE_MS)
    assert forecasts.shown is not None
    assert "high" == forecasts.shown.scenario
    assert forecasts.shown.base["total"] > after.base["total"]

    # A mistake is told in words; mending it computes again.
    small.session.edit("undo.cell", [SetCell("groups", row, "stay_months", -1)])
    qtbot.waitUntil(lambda: forecasts.failed is not None, timeout=PATIENCE_MS)
    assert notices_in(page)
    small.session.undo()
    qtbot.waitUntil(lambda: not forecasts.stale and not forecasts.failed, timeout=PATIENCE_MS)
    assert not notices_in(page)

    # From an input to its cell.
    page.show_view("inputs")
    view = page.inputs
    at = row_of(view, "Overdrachtstermijn")
    view.table.doubleClicked.emit(view.model.index(at, 0))
    assert "parameters" == small.tables.table.key
    assert action(small, "clear").isEnabled()

    # The workbook with the forecast.
    answers.save = tmp_path / "forecast.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.export_forecast()
    written = read_results(api.open_workbook(answers.save))
    assert {"low", "middle", "high"} <= set(written["forecast_totals"]["scenario"])


def test_every_chart_is_copied_as_picture_and_as_figures(
    qtbot: QtBot, small: Window, page: ForecastPage
) -> None:
    clipboard = QGuiApplication.clipboard()
    for key in ("people", "flows", "hangs", "dol_size"):
        page.show_view(key)
        twin = getattr(page, key).twin
        qtbot.waitUntil(twin.chart.isVisible)
        button(twin, small.words.say("chart.copy_picture")).click()
        assert clipboard.image().width() > 600
        button(twin, small.words.say("chart.copy_data")).click()
        assert twin.model.rowCount() + 1 == len(clipboard.text().splitlines())
