"""Old forecasts beside later counts: the score by hand, horizons, forecasts that cost nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.forecast.interval_score import interval_score
from planner.forecast.past_errors import read_past_errors
from planner.forecast.track_record import TrackRecord, past_errors_in, track_record
from planner.input.book import Book
from planner.input.months import later
from planner.sheets.result_sheets import read_results
from tests.past_book import FIRST, book_of, months_on
from tests.tables import about

Figures = Mapping[dt.date, float]
HEAD = ["Scenario", "Maand", "Groep", "Personen", "Herkomst", "Berekend begin", "In", "Uit", "Eind"]
MARCH = later(FIRST, 2)


def occupancy(counts: Figures) -> list[list[Any]]:
    """Return the rows of men counted, as months stand for the day before them."""
    rows = [[month - dt.timedelta(days=1), "L1", "men", n] for month, n in counts.items()]
    return [["Peildatum", "Locatie", "Groep", "Personen"], *rows]


def counted(counts: Figures) -> Book:
    return book_of({"Bezetting": occupancy(counts)})


def said(figures: Figures, half: float | None = 20.0) -> Book:
    """Return a book that forecast so many men, with a band of so many on either side."""
    start, people = next(iter(figures.items()))
    rows = [
        ["middle", month, "men", n, "berekend" if half is not None else "blad Prognose", *[n] * 4]
        + ([n - half, n, n + half] if half is not None else [None] * 3)
        for month, n in figures.items()
    ]
    return book_of({
        "Bezetting": occupancy({start: people}),
        "Vraagberekening": [[*HEAD, "10 %", "50 %", "90 %"], *rows],
    })  # fmt: skip


def on(first: dt.date, *people: float) -> Figures:
    return dict(zip(months_on(len(people), first), people, strict=True))


def found() -> TrackRecord:
    """Two forecasts, of January and of March, each 10 people a month lower than the one before."""
    olds = {
        "jan.xlsx": said(on(FIRST, 100, 110, 120, 130)),
        "mar.xlsx": said(on(MARCH, 150, 160, 190)),
    }
    return track_record(olds, counted(on(later(FIRST, 1), 110, 150, 130, 160)))


@pytest.mark.parametrize(
    ("count", "width", "over", "under"),
    [
        # Within the band 80-140, middle 100: (0.1 x 60 + 0.5 x 20) / 1.5 = 10.667.
        (120, 6 / 1.5, 0.0, 0.5 * 20 / 1.5),
        # Below it: (0.1 x 60 + 0.5 x 40 + (80 - 60)) / 1.5 = 30.667, the forecast was too high.
        (60, 6 / 1.5, (0.5 * 40 + 20) / 1.5, 0.0),
        # Above it: (0.1 x 60 + 0.5 x 50 + (150 - 140)) / 1.5 = 27.333, it was too low.
        (150, 6 / 1.5, 0.0, (0.5 * 50 + 10) / 1.5),
    ],
)
def test_the_score_is_width_and_what_was_too_high_and_too_low(
    count: float, width: float, over: float, under: float
) -> None:
    score = interval_score(count, 100.0, 80.0, 140.0)

    assert [about(each) for each in (width, over, under)] == list(score)
    # As defined: a half of the absolute error and a tenth of the interval score, by 1 and a half.
    interval = 60 + 10 * max(0, 80 - count) + 10 * max(0, count - 140)
    assert about((0.5 * abs(count - 100) + 0.1 * interval) / 1.5) == score.total


def test_the_score_without_a_band_is_the_absolute_error() -> None:
    assert (0.0, 0.0, 20.0) == interval_score(120.0, 100.0, None, None)
    assert (0.0, 20.0, 0.0) == interval_score(80.0, 100.0, None, None)


def test_errors_stand_by_months_ahead() -> None:
    """One month ahead: 110 - 110 = 0 and 160 - 130 = 30; two: 120 - 150 = -30 and 190 - 160 = 30.

    Three: only the first, 130 - 130 = 0.
    """
    horizons = found().horizons.set_index("horizon")

    assert [1, 2, 3] == horizons.index.tolist()
    assert [2, 2, 1] == horizons["olds"].tolist()
    assert [15.0, 0.0, 0.0] == horizons["mean_error"].tolist()
    assert [15.0, 30.0, 0.0] == horizons["mean_absolute"].tolist()
    # Bands are 40 wide: 0.1 x 40 / 1.5 = 2.667; 30 off is (15 + 10) / 1.5 = 16.667 more.
    assert [about(4 / 1.5)] * 3 == horizons["width"].tolist()
    assert [about(25 / 3), about(25 / 3), about(0.0)] == horizons["over"].tolist()
    assert [about(0.0), about(25 / 3), about(0.0)] == horizons["under"].tolist()
    assert [0.5, 0.0, 1.0] == horizons["inside_share"].tolist()


def test_as_last_month_is_the_count_that_the_forecast_started_from() -> None:
    """One month ahead: |100 - 110| and |150 - 130|, so 15; the score is (8 + 25) / 3 = 11."""
    row = found().horizons.set_index("horizon").loc[1]

    assert about(15.0) == row["last_month"]
    assert about((4 / 1.5 + 25 / 3) / 15) == row["to_last_month"]


def test_as_last_year_is_over_the_figures_that_a_year_before_was_counted_of() -> None:
    """February a year before had 90, and 110 now: 20 off; of other months nothing was counted."""
    past = {later(FIRST, -11): 90.0, **on(later(FIRST, 1), 110, 150, 130, 160)}
    olds = {"a": said(on(FIRST, 100, 115, 120)), "b": said(on(MARCH, 150, 160, 190))}
    made = track_record(olds, counted(past))

    row = made.horizons.set_index("horizon").loc[1]
    assert about(20.0) == row["last_year"]
    # 5 too high within a band of 40: (0.1 x 40 + 0.5 x 5) / 1.5.
    assert about(6.5 / 1.5 / 20) == row["to_last_year"]
    assert "track_record.no_last_year" in {each.key for each in made.notes}


def test_a_forecast_without_a_band_is_told_and_scored_by_its_error() -> None:
    olds = {"a": said(on(FIRST, 100, 115), None), "b": said(on(MARCH, 150, 160))}
    made = track_record(olds, counted(on(later(FIRST, 1), 110, 150, 130)))

    assert 5.0 == made.olds.set_index("old").loc["a", "score"]
    assert {"count": 1, "figures": 2} == dict(
        next(each for each in made.notes if each.key == "track_record.no_band").fields
    )


def test_a_month_that_was_not_counted_is_told_and_no_zero() -> None:
    counts = {later(FIRST, 1): 110.0, later(FIRST, 3): 130.0, later(FIRST, 4): 160.0}
    olds = {"a": said(on(FIRST, 100, 110, 120, 130)), "b": said(on(MARCH, 150, 160, 190))}
    made = track_record(olds, counted(counts))

    assert [1, 3] == made.figures.loc[made.figures["old"] == "a", "horizon"].tolist()
    gap = next(each for each in made.notes if each.key == "track_record.gaps")
    assert {"file": "a", "months": (MARCH,)} == dict(gap.fields)


def test_more_than_two_years_ahead_is_left_out() -> None:
    olds = {"a": said(on(FIRST, *[100.0] * 30)), "b": said(on(MARCH, *[100.0] * 30))}
    made = track_record(olds, counted(on(FIRST, *[100.0] * 32)))

    assert 24 == made.horizons["horizon"].max()


REFUSED: Mapping[str, Callable[[], Mapping[str, Book]]] = {
    "track_record.too_few": lambda: {"a": said(on(FIRST, 100, 110))},
    "track_record.same": lambda: {"a": said(on(FIRST, 1, 2)), "b": said(on(FIRST, 1, 2))},
    "track_record.no_month": lambda: {
        "a": said(on(FIRST, 100, 110)), "b": said(on(later(FIRST, 6), 100, 110))
    },
}  # fmt: skip


@pytest.mark.parametrize("key", REFUSED)
def test_what_is_no_track_record_is_refused(key: str) -> None:
    with pytest.raises(UnusableInputError) as refused:
        track_record(REFUSED[key](), counted(on(later(FIRST, 1), 110)))
    assert key == refused.value.told.key


def test_the_command_writes_sheets_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = {
        "jan": said(on(FIRST, 100, 110, 120, 130)),
        "mar": said(on(MARCH, 150, 160, 190)),
        "later": counted(on(later(FIRST, 1), 110, 150, 130, 160)),
    }
    files = {name: tmp_path / f"{name}.xlsx" for name in (*books, "out")}
    for name, book in books.items():
        api.save_book(files[name], book, Language.NL)
    result = tmp_path / "r.json"
    given = ["track-record", files["jan"], files["mar"], "--counts", files["later"]]
    given += ["--out", files["out"], "--json", result, "--language", "en"]

    assert 0 == run([str(each) for each in given])

    told = capsys.readouterr().out
    assert "1 month ahead: 15 people too high on average; score 11 (width 2.67" in told
    tables = read_results(api.open_workbook(files["out"]))
    assert [1, 2, 3] == tables["track_record_horizons"]["horizon"].tolist()
    assert 5 == len(tables["track_record"])
    record = json.loads(result.read_text(encoding="utf-8"))
    assert [15.0, 0.0, 0.0] == [each["mean_error"] for each in record["horizons"]]
    assert record["figures"][0]["last_year"] is None


def test_an_old_book_that_gives_no_forecast_is_named() -> None:
    olds = {"a": said(on(FIRST, 100, 110)), "b.xlsx": counted(on(FIRST, 100))}

    with pytest.raises(UnusableInputError) as refused:
        track_record(olds, counted(on(later(FIRST, 1), 110)))
    assert refused.value.told.text(Language.EN).startswith("b.xlsx gives no forecast")
    assert refused.value.findings


def test_the_command_refuses_the_same_file_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.xlsx"
    api.save_book(old, said(on(FIRST, 100, 110)), Language.NL)

    assert 2 == run(["track-record", str(old), str(old), "--counts", str(old)])
    assert "één keer" in capsys.readouterr().err


def test_the_errors_of_workbooks_are_those_of_the_file_that_is_written(tmp_path: Path) -> None:
    olds = [tmp_path / "jan.xlsx", tmp_path / "mar.xlsx"]
    later_book = tmp_path / "counts.xlsx"
    for path, book in (
        (olds[0], said(on(FIRST, 100, 110, 120, 130))),
        (olds[1], said(on(MARCH, 150, 160, 190))),
        (later_book, counted(on(later(FIRST, 1), 110, 150, 130, 160))),
    ):
        api.save_book(path, book, Language.NL)
    file = tmp_path / "record.json"
    told = ["--counts", str(later_book), "--json", str(file), "--quiet"]
    assert 0 == run(["track-record", *map(str, olds), *told])

    assert read_past_errors(file) == past_errors_in(olds, api.open_workbook(later_book))
