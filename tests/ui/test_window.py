"""The window as a user meets it, with real worker processes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QListWidget,
)

from planner import api
from planner.core.texts import Language, message
from tests.ui.onscreen import (
    PATIENCE_MS,
    action,
    answer_of,
    buttons_in,
    calculated,
    levels_of,
    notices_in,
    only,
    step_button,
    words_in,
)
from ui.actions import ACTIONS
from ui.files.recovery import RecoverableWork, left_behind
from ui.results.places import PLACES
from ui.session import Made
from ui.state import Step
from ui.steps import STEPS
from ui.theme import ColourScheme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window


def checked(qtbot: QtBot, window: Window, errors: int) -> None:
    qtbot.waitUntil(lambda: window.session.checked.errors == errors, timeout=PATIENCE_MS)


def set_cell(window: Window, row: int, key: str, text: str) -> None:
    """Change a cell as an editor does."""
    model = window.tables.model
    column = [each.key for each in model.columns].index(key)
    assert model.setData(model.index(row, column), text)


def more_beds(window: Window) -> int:
    """Give a location a hundred beds more."""
    model = window.tables.model
    column = [each.key for each in model.columns].index("beds")
    beds = int(model.raw(model.index(2, column))) + 100
    set_cell(window, 2, "beds", str(beds))
    return beds


def test_from_the_demo_to_an_exported_plan(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    assert "Kleine demo" in small.windowTitle()
    beds = more_beds(small)
    assert small.isWindowModified()
    calculated(qtbot, small)
    small.go_to(Step.RESULTS)
    results = small.pages.results
    see_every_result(small)
    assert results.runoff.twin.model.rowCount() == 12
    assert results.dol.twin.model.rowCount() == 12
    assert results.shortfalls.by_rule.rowCount() > 3
    assert results.shortfalls.where.rowCount() > 12
    answers.save = tmp_path / "plan.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.export()
    assert () == api.verify(answers.save).breaches
    answers.choice = 1  # do not save the changed demo
    answers.open = answers.save
    small.commands.open_file()
    qtbot.waitUntil(lambda: small.session.origin.path == answers.save, timeout=PATIENCE_MS)
    small.go_to(Step.DATA)
    model = small.tables.model
    column = [each.key for each in model.columns].index("beds")
    assert beds == model.raw(model.index(2, column))


def test_a_mistake_is_marked_listed_blocks_and_is_mended(qtbot: QtBot, small: Window) -> None:
    small.go_to(Step.DATA)
    set_cell(small, 3, "beds", "-5")
    checked(qtbot, small, 1)
    model = small.tables.model
    row = model.row_number(3)
    assert model.data(model.place(row, "beds"), Qt.ItemDataRole.DecorationRole) is not None
    assert "1 fout" == only(small.tables, QListWidget).item(0).text().rpartition("·")[2].strip()
    action(small, "calculate").trigger()
    assert small.jobs.calculating is None
    assert "Er kan niet gerekend worden: 1 fout" in notices_in(small.pages.bar)
    assert "Locaties!" in notices_in(small.pages.bar)
    assert Step.DATA == small.step
    current = small.tables.grid.currentIndex()
    assert (row, "beds") == (model.row_number(current.row()), model.columns[current.column()].key)
    small.session.undo()
    checked(qtbot, small, 0)
    assert action(small, "calculate").isEnabled()


def test_editing_undoing_and_redoing_by_keyboard_alone(qtbot: QtBot, small: Window) -> None:
    small.go_to(Step.DATA)
    grid = small.tables.grid
    model = small.tables.model
    name = [each.key for each in model.columns].index("name")
    before = model.raw(model.index(0, name))
    grid.go_to(model.index(0, name))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.indexWidget(model.index(0, name)) or QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "Nieuwe naam")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.raw(model.index(0, name)) == "Nieuwe naam", timeout=20_000)
    action(small, "undo").trigger()
    assert before == model.raw(model.index(0, name))
    action(small, "redo").trigger()
    assert "Nieuwe naam" == model.raw(model.index(0, name))


def test_copy_and_paste_are_one_step(small: Window) -> None:
    small.go_to(Step.DATA)
    tables = small.tables
    tables.grid.selectColumn(1)
    tables.copy()
    names = [tables.model.raw(tables.model.index(row, 1)) for row in range(20)]
    tables.grid.setCurrentIndex(tables.model.index(1, 1))
    tables.paste()
    assert names[0] == tables.model.raw(tables.model.index(1, 1))
    assert 21 == tables.model.total
    small.session.undo()
    assert 20 == tables.model.total
    assert names == [tables.model.raw(tables.model.index(row, 1)) for row in range(20)]


def test_cancelling_the_national_demo_leaves_no_plan(qtbot: QtBot, window: Window) -> None:
    window.commands.open_demo("national")
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    window.calculate()
    bar = window.pages.bar
    qtbot.waitUntil(lambda: bool(bar.steps.lines.toPlainText()), timeout=PATIENCE_MS)
    assert bar.stop.isVisible()
    bar.stop.click()
    qtbot.waitUntil(lambda: window.jobs.calculating is None, timeout=PATIENCE_MS)
    assert () == window.session.plans
    assert "gestopt" in notices_in(bar)
    assert action(window, "calculate").isEnabled()


def test_editing_stays_possible_while_it_calculates_and_the_plan_is_then_out_of_date(
    qtbot: QtBot, planned_window: Window
) -> None:
    small = planned_window
    small.go_to(Step.RESULTS)
    notice = small.pages.results.stale
    assert not notice.isVisible()
    small.calculate()
    small.go_to(Step.DATA)
    more_beds(small)
    qtbot.waitUntil(lambda: small.jobs.calculating is None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not small.jobs.at_desk, timeout=PATIENCE_MS)
    small.go_to(Step.RESULTS)
    assert notice.isVisible()
    assert "gewijzigd" in notice.label.text()
    small.pages.results.show_view("overview")
    assert levels_of(small.pages.results.overview).rowCount() > 5


def test_the_plan_before_stands_beside_the_new_one(qtbot: QtBot, planned_window: Window) -> None:
    small = planned_window
    more_beds(small)
    calculated(qtbot, small)
    see_every_result(small)
    overview = small.pages.results.overview
    differences = [levels_of(overview).row(at)[4] for at in range(levels_of(overview).rowCount())]
    assert any(differences)
    said = " ".join(words_in(answer_of(qtbot, small)).split())
    assert "Tegenover het plan hiervoor: " in said
    assert "Bedden in contract op het einde " in said


def test_the_language_changes_at_once_and_nothing_dutch_is_left(
    qtbot: QtBot, planned_window: Window
) -> None:
    small = planned_window
    small.go_to(Step.RESULTS)
    answer_of(qtbot, small)
    see_every_result(small)
    dutch = shown_texts(small)
    edits = len(small.session.state.edits)
    small.choose_language(Language.EN)
    english = shown_texts(small)
    assert "Gegevens" not in " ".join(english)
    assert "Export to Excel…" in english
    same = {text for text in set(dutch) & set(english) if any(map(str.isalpha, text))}
    # The name of a location is the planner's own.
    assert {text for text in same if " " in text and not text.startswith("Demo ")} == set()
    assert edits == len(small.session.state.edits)
    small.choose_language(Language.NL)
    assert dutch == shown_texts(small)


def test_a_view_of_the_results_is_filled_when_it_is_seen(small: Window, small_made: Made) -> None:
    small.go_to(Step.DATA)
    small.session.take_plan(replace(small_made, state=small.session.state))
    results = small.pages.results
    assert 0 == results.runoff.twin.model.rowCount()
    small.go_to(Step.RESULTS)
    results.show_view("runoff")
    assert 12 == results.runoff.twin.model.rowCount()


def see_every_result(window: Window) -> None:
    """Show every view of the results in turn: a view is filled when it is seen."""
    window.go_to(Step.RESULTS)
    for keys in PLACES.values():
        for key in keys:
            window.pages.results.show_view(key)


def shown_texts(window: Window) -> list[str]:
    """Every text of labels, buttons, tabs and actions, whether or not in view."""
    labels = [each.text() for each in window.findChildren(QLabel)]
    buttons = [each.text() for each in window.findChildren(QAbstractButton)]
    actions = [
        action(window, each.id).text() for each in ACTIONS if each.id not in ("dutch", "english")
    ]
    return [text for text in (*labels, *buttons, *actions) if text]


def test_viewing_lets_nothing_be_changed(small: Window) -> None:
    small.go_to(Step.DATA)
    small.view_only()
    model = small.tables.model
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    for name in ("paste", "fill", "clear", "add_row", "drop_rows"):
        assert not action(small, name).isEnabled()
    small.view_only()
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_file_that_cannot_be_opened_is_told_and_what_is_open_stays(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "oud.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    small.commands.open_path(path)
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert "kan niet geopend worden" in answers.told[0]
    assert "small" == small.session.origin.demo


def test_unsaved_work_is_asked_about_and_kept_when_the_user_stays(
    qtbot: QtBot, small: Window, answers: Answers
) -> None:
    set_cell(small, 0, "name", "Anders")
    answers.choice = 2
    small.close()
    qtbot.waitUntil(lambda: bool(answers.told), timeout=20_000)
    assert small.isVisible()
    assert "Niet-opgeslagen" in answers.told[0]
    answers.choice = 1
    small.close()
    qtbot.waitUntil(lambda: not small.isVisible(), timeout=20_000)


def test_saving_makes_the_window_clean_and_the_journal_empty(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    set_cell(small, 0, "name", "Anders")
    answers.save = tmp_path / "invoer.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.save()
    assert not small.isWindowModified()
    assert "invoer.xlsx" in small.windowTitle()
    small.commands.close()
    assert RecoverableWork() == left_behind(tmp_path / "data" / "journals")


def test_a_template_is_written(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    answers.save = tmp_path / "leeg.xlsx"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.template()
    assert answers.save.is_file()
    assert window.statusBar().currentMessage() == f"Geschreven: {answers.save}"
    window.choose_language(Language.EN)
    assert window.statusBar().currentMessage() == f"Written: {answers.save}"


def test_lost_work_is_offered_and_comes_back_step_by_step(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = tmp_path / "journals" / "a"
    folder.mkdir(parents=True)
    (folder / "header.json").write_text('{"path": "", "demo": "small", "copy": ""}')
    (folder / "edits.jsonl").write_text('[["set", "locations", 3, "name", "Terug"]]\n')
    window.lost.offer(left_behind(tmp_path / "journals"))
    assert window.start.lost.isVisible()
    buttons_in(window.start.lost)[0].click()
    qtbot.waitUntil(lambda: window.session.unsaved, timeout=PATIENCE_MS)
    sheet = window.session.sheet("locations")
    assert sheet is not None
    assert "Terug" == sheet.frame.at[3, "name"]
    assert window.session.undo_name()
    assert not window.start.lost.isVisibleTo(window.start)
    window.commands.close()
    assert not folder.exists()


@pytest.mark.parametrize("look", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_a_look_is_taken_over_by_everything_in_view(
    planned_window: Window, look: ColourScheme
) -> None:
    small = planned_window
    small.choose_look(look)
    for step in Step:
        small.go_to(step)
        picture = small.grab().toImage()
        corner = picture.pixelColor(picture.width() - 4, picture.height() // 2)
        assert (corner.lightness() < 80) == (look is ColourScheme.DARK)


def test_every_control_in_view_has_an_accessible_name(qtbot: QtBot, planned_window: Window) -> None:
    small = planned_window
    for step in Step:
        small.go_to(step)
        answer_of(qtbot, small)
        for button in small.findChildren(QAbstractButton):
            if button.isVisible() and button.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert button.text() or button.accessibleName()


def test_the_keyboard_goes_along_with_the_step(small: Window) -> None:
    steps = {step: step_button(small, step) for step in STEPS}
    steps[Step.DATA].setFocus()
    small.go_to(Step.RULES)
    assert small.pages.register.tree is small.focusWidget()  # what the page is about
    steps[Step.DATA].setFocus()
    steps[Step.DATA].click()  # who walks the steps themselves stays there
    assert steps[Step.DATA] is small.focusWidget()


def test_how_an_earlier_calculation_ended_is_not_said_of_one_that_goes_on(
    qtbot: QtBot, small: Window
) -> None:
    bar = small.pages.bar
    bar.end("good", message("window.ending.cancelled"))
    assert notices_in(bar)
    small.calculate()
    qtbot.waitUntil(lambda: small.jobs.calculating is not None)
    assert not notices_in(bar)
    small.commands.cancel()
    qtbot.waitUntil(lambda: small.jobs.calculating is None)


def test_the_pages_are_made_once_by_parts_and_at_once_for_who_asks(
    qtbot: QtBot, window: Window
) -> None:
    """A file may be open before what the pages need was loaded, after which they are made."""
    window.make_pages()
    shown = window.pages  # what is left of them is made
    assert shown.results.tabs.count() == len(PLACES)
    window.make_pages()
    qtbot.wait(100)
    assert shown is window.pages
    assert [shown.results] == window.findChildren(type(shown.results))
