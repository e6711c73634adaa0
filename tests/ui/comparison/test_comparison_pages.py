"""The pages that show plans side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from PySide6.QtCore import Qt

from planner.compare.beside_values import FigureVerdict
from planner.compare.views import DIFFERS, StageProgress
from planner.core.texts import Language, message
from planner.report import build
from tests.compared import EMOJI, LONG
from tests.side_by_side import NAMES, DoneAtOnce
from tests.ui.onscreen import lines_in
from ui.comparing.changes import ChangesPage
from ui.comparing.columns import LONGEST, plain, short, theme_columns, theme_rows
from ui.comparing.explained import ExplainedPage
from ui.comparing.lines import LinesPage, PlanLines
from ui.comparing.map import DifferenceMap
from ui.comparing.plan_tile import verdict_word
from ui.comparing.regret import RegretPage
from ui.comparing.side_by_side import SideBySidePage
from ui.comparing.themes import ThemePage
from ui.results.model import ShownColumn
from ui.views.comparison import PAGES, SERIES, ComparisonView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.compare.comparison_view import KeptComparison
    from planner.compare.views import ShownComparison
    from ui.dialogs import Asking
    from ui.view import Context
    from ui.words import Words


def rows(model: object) -> list[tuple[object, ...]]:
    return [model.row(at) for at in range(model.rowCount())]  # type: ignore[attr-defined] # a model


def test_a_subject_shows_only_what_differs_until_all_is_asked_for(
    qtbot: QtBot, work: DoneAtOnce, shown: ShownComparison, words: Words, context: Context
) -> None:
    page = ThemePage("measures", context, work)
    qtbot.addWidget(page)
    frame = shown.frames["measures"]
    assert frame["differs"].sum() == page.model.rowCount()
    page.differing.click()
    assert len(frame) == page.model.rowCount()
    titles = [
        page.model.headerData(at, Qt.Orientation.Horizontal)
        for at in range(page.model.columnCount())
    ]
    assert ["Wat", "Eenheid", f"verschil 1: {short(EMOJI)}"] == titles[:3]
    assert all(len(str(each)) < LONGEST + 20 for each in titles)
    tip = page.model.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert LONG == tip
    assert LONG in page.model.as_text()
    words.choose(Language.EN)
    assert "Only what differs" == page.differing.text()


def test_rules_tell_whether_they_began_or_ceased_to_bind(
    qtbot: QtBot, work: DoneAtOnce, shown: ShownComparison, words: Words, context: Context
) -> None:
    page = ThemePage("rules", context, work)
    qtbot.addWidget(page)
    page.differing.setChecked(False)
    frame = shown.frames["rules"]
    for row, was, becomes in zip(rows(page.model), frame["plan_0"], frame["plan_1"], strict=True):
        expected = {(False, True): "knelt nu wel", (True, False): "knelt niet meer"}
        told = row[2]
        assert expected.get((bool(was), bool(becomes)), "") == (
            words.value(told) if told is not None else ""
        )


def test_every_line_stands_on_the_same_axes_with_its_table(
    qtbot: QtBot, work: DoneAtOnce, context: Context
) -> None:
    page = LinesPage("people", context, work, SERIES["people"])
    qtbot.addWidget(page)
    chart = page.twin.chart.chart
    assert isinstance(chart, PlanLines)
    assert ["midden", f"1: {short(EMOJI)}", f"2: {short(LONG)}"] == [n for n, _ in chart.plans]
    assert len(chart.months) == page.model.rowCount()
    page.differences.click()
    chart = page.twin.chart.chart
    assert isinstance(chart, PlanLines)
    listed = [tuple(row[1:3]) for row in rows(page.model)]
    drawn = list(zip(*(values for _, values in chart.plans), strict=True))
    assert drawn == listed
    page.differing.click()
    assert all(any(each) for each in (row[1:3] for row in rows(page.model)))


def test_edits_alone_and_together_add_up(qtbot: QtBot, work: DoneAtOnce, context: Context) -> None:
    page = ExplainedPage(context, work)
    qtbot.addWidget(page)
    page.start.click()
    assert page.figure.count() > 0
    assert all(isinstance(each, StageProgress) for each in work.told_stages)
    for at in range(page.figure.count()):
        page.figure.setCurrentIndex(at)
        listed = rows(page.model)
        *parts, whole = [float(str(row[1])) for row in listed]
        assert whole == pytest.approx(sum(parts), abs=1e-4)
        assert 2 + 2 == len(listed)  # two edits, what they do together, and the whole


def test_regret_is_nothing_on_the_diagonal_and_can_be_read(
    qtbot: QtBot,
    work: DoneAtOnce,
    kept: KeptComparison,
    context: Context,
    tmp_path: Path,
) -> None:
    page = RegretPage(context, work)
    qtbot.addWidget(page)
    assert page.start.isVisibleTo(page)
    page.start.click()
    assert not page.start.isVisibleTo(page)
    assert ["midden", *NAMES[1:]] == [row[0] for row in rows(page.model)]
    for at in range(page.measure.count()):
        page.measure.setCurrentIndex(at)
        for number, row in enumerate(rows(page.model)):
            assert row[number + 1] in (0, "geen spijt")
    page.measure.setCurrentIndex(page.measure.count() - 1)
    coloured = 0
    for at in range(len(NAMES)):
        for column in range(1, len(NAMES) + 1):
            index = page.model.index(at, column)
            more = float(str(page.model.row(at)[column])) > 0
            ground = page.model.data(index, Qt.ItemDataRole.BackgroundRole)
            assert more == (ground is not None)
            assert page.model.data(index)
            coloured += more
    path = tmp_path / "vergelijking.xlsx"
    build.save_shown_comparison(kept, path, Language.NL)
    assert {"Spijt", "Spijtmatrix"} <= set(openpyxl.load_workbook(path).sheetnames)


def test_the_change_list_is_of_the_base_or_of_the_earlier_plan(
    qtbot: QtBot, work: DoneAtOnce, context: Context
) -> None:
    page = ChangesPage(context, work)
    qtbot.addWidget(page)
    page.start.click()
    of_base = rows(page.model)
    assert of_base
    assert all(row[-1] for row in of_base)
    if page.before.count() > 1:
        page.before.setCurrentIndex(1)
        page.start.click()
        assert of_base != rows(page.model)


def test_the_map_shows_as_large_as_the_difference(
    qtbot: QtBot, work: DoneAtOnce, words: Words, context: Context
) -> None:
    page = DifferenceMap(context, work)
    qtbot.addWidget(page)
    page.fill()
    month = max(range(page.month.maximum() + 1), key=lambda at: _rows_at(page, at))
    page.month.setValue(month)
    name, more, was, becomes = page.model.row(0)
    assert float(str(becomes)) - float(str(was)) == pytest.approx(float(str(more)))
    code = str(name).rpartition("(")[2].rstrip(")")
    page.panel.choose(code)
    assert code == page.panel.code
    assert words.number(abs(float(str(more)))) in page.read_out.text()


def _rows_at(page: DifferenceMap, at: int) -> int:
    page.month.setValue(at)
    return page.model.rowCount()


def test_the_view_opens_pages_once_there_is_something_to_compare(
    qtbot: QtBot, work: DoneAtOnce, shown: ShownComparison, words: Words, context: Context
) -> None:
    work.show(None)
    view = ComparisonView(context, work, _nobody)
    qtbot.addWidget(view)
    view.show()
    able = Qt.ItemFlag.ItemIsEnabled
    assert [0] == [at for at in range(len(PAGES)) if view.list.item(at).flags() & able]
    work.show(shown)
    assert "beside" == view.shown
    assert all(view.list.item(at).flags() & able for at in range(len(PAGES)))
    for key in PAGES:
        view.show_page(key)
        assert view.page(key).isVisible()
    words.choose(Language.EN)
    assert "Choose plans" == view.list.item(0).text()
    work.going.emit(StageProgress("plans", None, None, 0.0, 2, 8, message("compare.stopped")))
    assert any(each.startswith("3 of 8") for each in lines_in(view))


def _nobody() -> Asking:
    raise AssertionError("nobody is to be asked")


def test_differences_come_soon_where_a_place_is_named(words: Words) -> None:
    for key in ("shortfalls_location", "shortfalls_province", "rules_places"):
        keys = [each.key for each in theme_columns(key, NAMES, words, 0)]
        assert "source" not in keys
    assert "source" in [each.key for each in theme_columns("shortfalls_rule", NAMES, words, 0)]


def test_the_first_page_puts_people_without_a_place_first_and_says_what_differs(
    qtbot: QtBot, work: DoneAtOnce, shown: ShownComparison, words: Words, context: Context
) -> None:
    page = SideBySidePage(context, work)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    assert len(shown.names) == len(page.rows)
    for at, line in enumerate(page.rows):
        assert ["without_place", "emergency", "dol", "beds"] == list(line.tiles)
        assert line.first.isVisibleTo(line) == (at > 0)
        for figure in shown.beside.plans[at].figures:
            tile = line.tiles[figure.key]
            assert words.say(f"tile.{figure.key}") in tile.accessibleName()
            if at:
                verdicts = [verdict_word(each.verdict, words) for each in figure.moments]
                told = [each.text() for each in tile.differences.values()]
                assert all(told)
                equal = verdict_word(FigureVerdict.EQUAL, words)
                assert [each == equal for each in verdicts] == [each == equal for each in told]
    assert "zonder plaats" == words.title(page.model.row(0)[0])  # type: ignore[arg-type] # a text
    assert len(shown.beside.plans[1].levels) == page.model.rowCount()
    words.choose(Language.EN)
    assert "Priorities that differ" in lines_in(page)


def test_the_chart_is_of_who_has_no_place_and_else_of_who_is_in_emergency_reception(
    qtbot: QtBot, work: DoneAtOnce, shown: ShownComparison, context: Context, words: Words
) -> None:
    page = SideBySidePage(context, work)
    qtbot.addWidget(page)

    def drawn(people: float) -> str:
        frame = shown.frames["people"].copy()
        unplaced = frame["series"] == "people.unplaced"
        frame.loc[unplaced, ["plan_0", "plan_1"]] = 0.0, people
        work.show(replace(shown, frames={**shown.frames, "people": frame}))
        page.fill()
        return page.chart.accessibleName()

    assert words.say("comparison.beside.chart.people.unplaced") == drawn(people=12.0)
    assert words.say("comparison.beside.chart.people.emergency") == drawn(people=0.4)


def test_why_plans_differ_is_found_on_the_first_page_and_kept_for_its_own(
    qtbot: QtBot, work: DoneAtOnce, context: Context
) -> None:
    page, alone = SideBySidePage(context, work), ExplainedPage(context, work)
    qtbot.addWidget(page)
    qtbot.addWidget(alone)
    page.explained.start.click()
    assert page.explained.figure.count() > 0
    assert page.explained.figure.count() == alone.figure.count()
    assert not alone.start.isVisibleTo(alone)


def test_people_and_places_that_differ_most_come_first_and_less_than_half_of_one_not(
    words: Words,
) -> None:
    columns = [ShownColumn("location"), ShownColumn("difference_1"), ShownColumn("difference_2")]
    frame = pd.DataFrame(
        [["L1", 0.4, -0.3, True], ["L2", 3.0, 0.0, True], ["L3", 0.0, -7.0, True]],
        columns=["location", "difference_1", "difference_2", DIFFERS],
    )
    listed = theme_rows("occupancy", frame, columns, differing=True)
    whole = theme_rows("occupancy", frame, columns, differing=False)
    others = theme_rows("levels", frame, columns, differing=True)

    assert ["L3", "L2"] == [row[0] for row in listed]
    assert ["L3", "L2", "L1"] == [row[0] for row in whole]
    assert ["L1", "L2", "L3"] == [row[0] for row in others]
    assert "530" == plain(words)(530.0)
    assert "2,5" == plain(words)(2.5)
