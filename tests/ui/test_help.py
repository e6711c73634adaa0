"""The help: every page is there in both languages, leads somewhere, and is about the view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from planner.core.texts import Language, Text, catalogue
from tests.ui.onscreen import action, buttons_in, help_of
from ui.actions import ACTIONS
from ui.help import pages as help_pages
from ui.help.contents import KEYS, PAGES, page_for
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window

LARGEST = 150_000
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.en)
def test_a_page_has_a_title_and_leads_to_pages_and_pictures_that_exist(
    page: Text, language: Language
) -> None:
    content = help_pages.text_of(page, language)
    assert content.startswith("# ")
    names = {f"{each.in_(language)}.md" for each in PAGES}
    for picture, target in LINK.findall(content):
        if picture:
            file = help_pages.FOLDER / language.value / target
            assert file.stat().st_size < LARGEST
            assert not QImage(str(file)).isNull()
        elif not target.startswith("https:"):
            assert target in names


@pytest.mark.parametrize("language", list(Language))
def test_no_page_lies_in_the_folder_without_standing_in_the_index(language: Language) -> None:
    known = {each.in_(language) for each in PAGES if each != KEYS}
    assert known == {file.stem for file in (help_pages.FOLDER / language.value).glob("*.md")}


@pytest.mark.parametrize("language", list(Language))
def test_the_page_of_keys_holds_every_shortcut(language: Language) -> None:
    content = help_pages.text_of(KEYS, language)
    given = [each.shortcut for each in ACTIONS if each.shortcut]
    assert [] == [shortcut for shortcut in given if f"| {shortcut} |" not in content]


@pytest.mark.parametrize("language", list(Language))
def test_the_page_on_wrong_forecasts_calls_each_question_as_the_window_does(
    language: Language,
) -> None:
    content = help_pages.text_of(page_for(Step.RESULTS, "futures"), language)
    titles = [
        text.in_(language)
        for key, text in catalogue().items()
        if re.fullmatch(r"window\.futures\.\w+", key) and f"{key}.lead" in catalogue()
    ]
    assert titles
    assert [] == [title for title in titles if f"| {title} |" not in content]


def test_a_search_finds_pages_by_all_their_words() -> None:
    hits = help_pages.search("kalender maand", Language.NL)
    assert "tabellen" in [hit.page.nl for hit in hits]
    assert all("kalender" in hit.around.casefold() for hit in hits)
    assert [] == help_pages.search("xyzzy", Language.NL)
    assert [] == help_pages.search("  ", Language.NL)


def test_a_page_whose_title_is_sought_comes_first() -> None:
    assert "prognose" == help_pages.search("prognose", Language.NL)[0].page.nl


def test_help_is_about_what_is_in_view(small: Window) -> None:
    for step, view, expected in (
        (Step.START, "", "start"),
        (Step.DATA, "tables", "tabellen"),
        (Step.RULES, "scenarios", "regels-en-scenarios"),
        (Step.RESULTS, "overview", "plan-lezen"),
        (Step.RESULTS, "explanation", "waarom"),
        (Step.RESULTS, "futures", "als-de-prognose-niet-klopt"),
        (Step.RULES, "what_if", "wat-als"),
    ):
        assert expected == page_for(step, view).nl
    small.go_to(Step.DATA)
    action(small, "help").trigger()
    assert "tabellen" == help_of(small).reader.page.nl
    assert "tabellen" in help_of(small).windowTitle()


def test_the_help_leads_on_and_back_and_follows_the_language(qtbot: QtBot, window: Window) -> None:
    window.show_help()
    shown = help_of(window)
    assert shown is not None
    reader = shown.reader
    first = reader.page
    shown.index.setCurrentRow(3)
    qtbot.keyClick(shown.index, Qt.Key.Key_Return)
    third = PAGES[3]
    assert third == reader.page
    buttons_in(shown)[0].click()
    assert first == reader.page
    buttons_in(shown)[1].click()
    assert third == reader.page
    dutch = reader.toPlainText()
    window.choose_language(Language.EN)
    assert third == reader.page
    assert dutch != reader.toPlainText()
    assert "Back" == buttons_in(shown)[0].text()
    qtbot.keyClicks(shown.line, "calendar")
    qtbot.keyClick(shown.line, Qt.Key.Key_Return)
    assert "calendar" in reader.toPlainText().casefold()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_shortcuts_are_a_page_of_the_help(window: Window) -> None:
    window.show_help(KEYS)
    said = help_of(window).reader.toPlainText()
    assert "Ctrl+Z" in said
    assert "F5" in said
