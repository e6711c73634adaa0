"""Every view, in both languages, in Dutch at 200 % too: nothing cut off, everything heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from planner.core.texts import Language, catalogue
from planner.input.records import TABLES
from tests.over_months import sums_over_months, told_by_month
from tests.pictures.views import VIEWS
from tests.ui.every.conftest import SIZES
from tests.ui.every.cut import cut_off
from tests.ui.every.heard import unheard
from tests.ui.every.seen import Seen, told
from ui.forecast_page import ForecastPage
from ui.help.contents import PAGES, START, page_for
from ui.help.pages import text_of
from ui.state import Step
from ui.views.comparison import PAGES as COMPARED

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window

WORD = re.compile(r"(?<![\w.'\u2019/@-])[A-Za-zÀ-ÿ]{3,}(?![\w@]|[./-]\w)")
# Names of the demo's scenarios and of things that are called so in both languages.
# The last two are words of both languages.
NAMES = {"middle", "low", "high", "longer", "contracts", "slower", "svg", "extra", "moment"}
# What stands in the workbook as its owner wrote it: quotations, keys, cells, names of the demo
# and of sources.
AS_WRITTEN = re.compile(
    r"[«\"“\u2018][^»\"”\u2019]*[»\"”\u2019]|\([a-z]+(_[a-z0-9]+)*\)|\b\w+_\w+\b|https?:\S+|\S+\|\S+|\w+!\w+"
    r"|Demo[ -][\w -]+|Meerjaren Productie Prognose|Hart van Nederland|Dublinonderdaklocaties"
    r"|(?:COA|Kamer)\w*|Nationaal Implementatieplan"
)


def words_of(text: str) -> set[str]:
    return {each.casefold() for each in WORD.findall(AS_WRITTEN.sub(" ", text))}


def vocabulary(language: Language) -> set[str]:
    """The words that the catalogue uses in a language and never in the other."""
    ours: set[str] = set()
    others: set[str] = set()
    for text in catalogue().values():
        for each in Language:
            (ours if each is language else others).update(words_of(text.in_(each)))
    # A sheet is called as in its file, whatever the window speaks.
    sheets = {
        word for table in TABLES for each in Language for word in words_of(table.title.in_(each))
    }
    return ours - others - sheets - {each.casefold() for each in NAMES}


def test_the_window_fits_the_screen_at_every_size(seen: Seen) -> None:
    too_large = {
        where: size
        for where, size in seen.sizes.items()
        if size[0] > SIZES[where[2]][0] or size[1] > SIZES[where[2]][1]
    }
    assert {} == too_large


def test_no_text_is_cut_off(seen: Seen) -> None:
    assert "" == "\n".join(told(seen.cut))


def test_everything_that_takes_the_keyboard_is_heard(seen: Seen) -> None:
    assert "" == "\n".join(told(seen.unheard))


@pytest.mark.parametrize("language", list(Language))
def test_no_word_of_the_other_language_is_in_view(seen: Seen, language: Language) -> None:
    (other,) = set(Language) - {language}
    foreign = vocabulary(other)
    found = {
        f"{where[0]}: {kind}: {text[:90]!r}: {sorted(words_of(text) & foreign)}"
        for where, texts in seen.said.items()
        for text, kind in texts.items()
        if where[1] is language and words_of(text) & foreign
    }
    assert "" == "\n".join(sorted(found))


def test_no_view_tells_a_sum_over_months_in_people_or_places(
    seen: Seen, calculated_window: Window
) -> None:
    sums = sums_over_months(calculated_window.session.plans[0].plan.tables)
    wrong = {
        f"{where[0]}: {kind}: {each}"
        for where, texts in seen.said.items()
        for text, kind in texts.items()
        for each in told_by_month(text, sums)
    }
    assert "" == "\n".join(sorted(wrong))
    # Such sums are in view, each with the unit of one.
    rightly = {
        text
        for texts in seen.said.values()
        for text in texts
        if told_by_month(text.replace("persoonsmaanden", "personen"), sums)
    }
    assert len(rightly) > 10


def test_every_view_has_its_pictures(seen: Seen, calculated_window: Window) -> None:
    pages = calculated_window.pages
    forecast = pages.forecast
    assert isinstance(forecast, ForecastPage)
    known = {
        *((Step.DATA, key) for key in pages.data_page.keys),
        *((Step.RULES, key) for key in pages.rules_page.keys),
        *((Step.RESULTS, key) for key in pages.results.tabs.keys),
        *(("forecast", key) for key in forecast._views),  # noqa: SLF001 - the keys of all tabs, also of one that was forgotten
        *(("comparison", key) for key in COMPARED),
        *(("location", at) for at in range(pages.results.location.tabs.count())),
        *(("explanation", at) for at in range(pages.results.explanation.sections.count())),
        (Step.START, ""),
    }  # fmt: skip
    assert set() == known - seen.places
    assert set(VIEWS) == {where[0] for where in seen.cut}


def test_f1_leads_from_every_view_to_a_page_that_is_there(seen: Seen) -> None:
    at = {(step, str(view)) for step, view in seen.places if isinstance(step, Step)}
    assert {each.nl for each in PAGES} >= {page_for(*each).nl for each in at}
    for each in at:
        for language in Language:
            assert text_of(page_for(*each), language).startswith("# ")
        # Only the start page, where nothing is open yet, may lead to the page on starting.
        assert (each == (Step.START, "")) is (page_for(*each) == START)


def test_a_text_that_is_cut_off_is_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    top.resize(200, 100)
    label, button = QLabel("een tekst die hier niet past", top), QPushButton("Afbreken", top)
    label.setGeometry(0, 0, 40, 20)
    button.setGeometry(0, 30, 20, 20)
    top.show()
    assert ["QLabel: een tekst die hier niet past", "QPushButton: Afbreken"] == cut_off(top)


def test_a_control_without_a_name_is_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    QPushButton(top)
    top.show()
    (found,) = unheard(top)
    assert found.startswith("no name")
