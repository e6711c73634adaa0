"""Past counts in the window: inputs fitted to them and taken over, and looking back."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.forecast import demand_forecast
from planner.input.edits import SetCell, apply
from planner.input.months import later
from planner.jobs.handlers import perform
from planner.jobs.opened_book import checked
from planner.jobs.requests import BookState, Failed, Opened
from tests.past_book import FIRST, STAYS, book_of, months_on, past_book
from tests.ui.onscreen import lines_in, list_with, pick, words_in
from ui.charts.panel import Band, Chart
from ui.dialogs import Asking
from ui.forecast.forecasts import Forecasts
from ui.forecast.parts import Setting
from ui.forecast_page import ForecastPage
from ui.session import BookOrigin, Session
from ui.views.forecast_fit import ForecastFitView
from ui.views.forecast_look_back import ForecastLookBackView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.core.errors import Finding
    from planner.input.book import Book
    from ui.jobs import Job
    from ui.theme import Theme
    from ui.words import Words

SPAN = months_on(13)
ARRIVALS = {
    "come": {
        month: 200.0 + 60.0 * float(np.sin(at))
        for at, month in enumerate(months_on(52, later(FIRST, -8)))
    }
}
START = {"men": 1500.0, "permits": 600.0, "waiting": 120.0, "dol": 100.0}
TRUE = {**STAYS, "men": 10.0, "dol": 3.9}

SLOW = 60_000  # milliseconds, for a machine with much else to do

Counts = dict[dt.date, dict[str, float]]


def counts(months: Sequence[dt.date], stays: Mapping[str, float]) -> Counts:
    """Return the counts that follow from stays."""
    book = past_book({FIRST: START}, ARRIVALS, stays=stays, **SHARES)
    computed = demand_forecast.forecast(book, "middle").scenarios[0].computed
    return {month: {name: computed.people(name, month) for name in START} for month in months}


SHARES: dict[str, Any] = {"dublin_accepted_share": 0.25, "permits_housed_month": 70.0}


class AtOnce:
    """Does a task where it stands, as the child would."""

    def run(self, job: Job[Any]) -> None:
        assert job.state is not None
        book = apply(job.state.base, job.state.edits)[0]
        try:
            job.done(perform(job.task, SimpleNamespace(book=book)))  # type: ignore[arg-type] # as Work
        except UnusableInputError as unusable:
            job.failed(Failed(1, unusable.told, unusable.findings))


class Choosing(Asking):
    """Chooses a file by itself and keeps what it is told."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.path: Path | None = None
        self.told: list[str] = []

    def open_path(self) -> Path | None:
        return self.path

    def inform(self, title: str, text: str, findings: Sequence[Finding] = ()) -> None:
        self.told.append(f"{title}: {text} {len(findings)}")


def opened(book: Book, words: Words, theme: Theme) -> tuple[Setting, Session, Choosing]:
    session = Session()
    session.adopt(Opened(BookState(7, book), checked(book, None)), BookOrigin(demo="past"))
    asking = Choosing(words)
    forecasts = Forecasts(session, AtOnce())  # type: ignore[arg-type] # stands in for the jobs
    setting = Setting(session, words, theme, asking.picture_path, forecasts, asking)
    return setting, session, asking


@pytest.fixture(scope="module")
def past() -> Book:
    return past_book(counts(SPAN, TRUE), ARRIVALS, **SHARES)


@pytest.fixture
def fit(past: Book, words: Words, theme: Theme, qtbot: QtBot) -> tuple[ForecastFitView, Session]:
    setting, session, _ = opened(past, words, theme)
    view = ForecastFitView(setting)
    qtbot.addWidget(view)
    view.run.click()
    return view, session


def test_fitted_inputs_are_shown_with_interval_and_fit(
    fit: tuple[ForecastFitView, Session],
) -> None:
    view, _ = fit
    found = view.found
    assert found is not None
    assert len(found.inputs) == view.inputs.rowCount()
    assert len(found.residuals) == view.twin.model.rowCount()
    rows = [view.inputs.row(at) for at in range(view.inputs.rowCount())]
    assert all(float(str(row[3])) <= float(str(row[2])) <= float(str(row[4])) for row in rows)
    begin = f"Te zeggen over {len(rows)} invoergetallen"
    assert any(each.startswith(begin) for each in lines_in(view.twin))
    chart = view.twin.chart.chart
    assert chart.steps == len(SPAN) - 1


def test_a_group_is_shown_by_itself(fit: tuple[ForecastFitView, Session], words: Words) -> None:
    view, _ = fit
    pick(list_with(view, "dol"), "dol")
    rows = [view.twin.model.row(at) for at in range(view.twin.model.rowCount())]
    assert {"dol"} == {row[0] for row in rows}
    assert f"geteld {words.number(float(str(rows[0][2])))}" in view.twin.chart.chart.tell(0, words)


def test_what_is_taken_over_is_one_step(fit: tuple[ForecastFitView, Session]) -> None:
    view, session = fit
    assert view.take_over.isEnabled()
    view.take_over.click()
    assert "undo.fit" == session.undo_name()
    assert not view.take_over.isEnabled()
    assert "sindsdien gewijzigd" in words_in(view.twin)
    session.undo()
    assert "" == session.undo_name()


def test_a_fit_of_an_older_state_cannot_be_taken_over(
    fit: tuple[ForecastFitView, Session],
) -> None:
    view, session = fit
    sheet = session.sheet("groups")
    assert sheet is not None
    session.edit("undo.cell", [SetCell("groups", int(sheet.frame.index[0]), "stay_months", 9.0)])
    assert not view.take_over.isEnabled()
    view.run.click()
    assert "sindsdien gewijzigd" not in words_in(view.twin)


def test_a_refusal_is_told_with_its_reason(words: Words, theme: Theme, qtbot: QtBot) -> None:
    few = past_book(counts(SPAN[:2], TRUE), ARRIVALS, **SHARES)
    setting, _, _ = opened(few, words, theme)
    view = ForecastFitView(setting)
    qtbot.addWidget(view)
    view.run.click()
    assert "nodig" in words_in(view)
    assert not view.take_over.isEnabled()
    words.choose(Language.EN)
    assert "needed" in words_in(view)


def test_another_book_has_no_fit_yet(
    fit: tuple[ForecastFitView, Session], small_book: Book
) -> None:
    view, session = fit
    session.adopt(
        Opened(BookState(8, small_book), checked(small_book, None)), BookOrigin(demo="small")
    )
    assert view.found is None
    assert 0 == view.twin.model.rowCount()


@pytest.fixture
def looking(words: Words, theme: Theme, qtbot: QtBot) -> tuple[ForecastLookBackView, Choosing]:
    setting, _, asking = opened(past_book({FIRST: START}, ARRIVALS, **SHARES), words, theme)
    view = ForecastLookBackView(setting)
    qtbot.addWidget(view)
    return view, asking


def saved(path: Path, counted: Counts) -> Path:
    """Save a workbook with nothing but counts."""
    rows = [
        [month - dt.timedelta(days=1), "L1", group, round(people)]
        for month, groups in counted.items()
        for group, people in groups.items()
    ]
    book = book_of({"Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], *rows]})
    api.save_book(path, book, Language.NL)
    return path


def test_the_error_is_shown_by_group_and_month(
    looking: tuple[ForecastLookBackView, Choosing], tmp_path: Path, words: Words
) -> None:
    view, asking = looking
    later_months = SPAN[1:5]
    asking.path = saved(tmp_path / "later.xlsx", counts(later_months, TRUE))
    view.ask.click()
    found = view.found
    assert found is not None
    assert len(found.errors) + len(later_months) == view.twin.model.rowCount()
    assert "later.xlsx" in words_in(view.twin)
    assert len(later_months) == view.twin.chart.chart.steps
    pick(list_with(view, "men"), "men")
    rows = [view.twin.model.row(at) for at in range(view.twin.model.rowCount())]
    assert [later_months[0], later_months[-1]] == [rows[0][1], rows[-1][1]]
    assert all(float(str(row[4])) < 0 for row in rows)  # men stayed longer than was forecast
    assert "prognose" in view.twin.chart.chart.tell(0, words)


def test_counts_of_other_months_are_told(
    looking: tuple[ForecastLookBackView, Choosing], tmp_path: Path
) -> None:
    view, asking = looking
    asking.path = saved(tmp_path / "old.xlsx", {later(FIRST, -20): START})
    view.ask.click()
    assert view.found is None
    assert asking.told[0].startswith("Dat kan zo niet: ")
    assert view.ask.isEnabled()


def test_thinking_better_of_it_changes_nothing(
    looking: tuple[ForecastLookBackView, Choosing],
) -> None:
    view, asking = looking
    view.ask.click()
    assert (None, []) == (view.found, asking.told)


def forecast_of(path: Path, people: Counts) -> Path:
    """Save a workbook that counts men on its first day and forecasts them for the months after."""
    months = {month: groups["men"] for month, groups in people.items()}
    first = next(iter(months))
    book = book_of({
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [first - dt.timedelta(days=1), "L1", "men", round(months[first])],
        ],
        "Vraagberekening": [
            [
                "Scenario", "Maand", "Groep", "Personen", "Herkomst", "Berekend begin", "In", "Uit",
                "Eind", "10 %", "50 %", "90 %",
            ],
            *(
                ["middle", month, "men", n, "blad Prognose", *[n] * 4, *[None] * 3]
                for month, n in months.items()
            ),
        ],
    })  # fmt: skip
    api.save_book(path, book, Language.NL)
    return path


def band_of(page: ForecastPage) -> Band:
    drawn = page.people.twin.chart.chart
    assert isinstance(drawn, Chart)
    assert drawn.band is not None
    return drawn.band


def test_bands_are_widened_by_old_forecasts_and_say_so(
    past: Book, words: Words, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    """Two forecasts were half of what came: the band is wider by that, and both are named."""
    setting, _, asking = opened(past, words, theme)
    sent: list[object] = []
    wanted = SimpleNamespace(asking=asking, export_forecast=sent.append)
    page = ForecastPage(
        setting,
        AtOnce(),  # type: ignore[arg-type] # stands in for the jobs
    )
    for _ in page.making(
        wanted,  # type: ignore[arg-type] # the two that the page uses
        lambda *_: None,
    ):
        pass
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(
        lambda: page.forecasts.shown is not None and not page.forecasts.stale, timeout=SLOW
    )
    before = band_of(page)
    assert ("", "forecast.band") == (page.widened, before.key)

    there = counts(SPAN, TRUE)
    for at, begin in enumerate((0, 2)):
        half = {m: {"men": there[m]["men"] * 0.5} for m in SPAN[begin : begin + 6]}
        asking.path = forecast_of(tmp_path / f"old{at}.xlsx", half)
        page.add_old.click()
        if at == 0:
            assert "Kies er nog minstens één" in page.widened
    qtbot.waitUntil(lambda: not page.forecasts.stale, timeout=SLOW)

    assert page.forecasts.failed is None
    after = band_of(page)
    assert "forecast.band_widened" == after.key
    assert after.high[-1] - after.low[-1] > 1.5 * (before.high[-1] - before.low[-1])
    assert "old0.xlsx" in page.widened
    assert "2 oude prognoses" in page.widened
    page.as_computed.click()
    qtbot.waitUntil(lambda: not page.forecasts.stale, timeout=SLOW)
    assert ("", "forecast.band") == (page.widened, band_of(page).key)
