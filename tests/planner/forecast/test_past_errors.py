"""How far old forecasts were off by months ahead, and futures that are as far apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.forecast.cohorts.uncertainty import LookedAt
from planner.forecast.demand_forecast import forecast
from planner.forecast.past_errors import (
    KIND,
    VERSION,
    PastErrors,
    past_errors,
    read_past_errors,
    widened,
)
from tests.past_book import months_on
from tests.small_plan import small_book
from tests.tables import about

MONTHS = months_on(4)
EXPECTED = {("men", month): 100.0 for month in MONTHS}


def test_groups_are_taken_together_and_forecasts_by_their_mean_square() -> None:
    """One: 60 + 40 forecast and 110 + 90 counted, twice; other: 100 and 100: ln 2 / root of 2."""
    found = past_errors([
        ("a", 3, 60.0, 110.0), ("a", 3, 40.0, 90.0), ("b", 3, 100.0, 100.0),
    ])  # fmt: skip

    assert 2 == found.olds
    assert {3: about(np.log(2) / np.sqrt(2))} == found.by_months


def test_too_high_and_too_low_are_as_far_off() -> None:
    high, low = past_errors([("a", 1, 200.0, 100.0)]), past_errors([("a", 1, 100.0, 200.0)])

    assert about(high.by_months[1]) == low.by_months[1]


def test_between_months_errors_run_straight_and_beyond_they_stay() -> None:
    past = PastErrors(2, {2: 0.2, 4: 0.6})

    assert [0.0, 0.1, 0.2, 0.4, 0.6, 0.6] == pytest.approx([past.ahead(n) for n in range(6)])


def test_futures_that_are_all_alike_get_as_far_apart_as_the_past_errors() -> None:
    """The count of the first month is known; after it the spread is 0.1 and 0.3, by hand."""
    past = PastErrors(2, {1: 0.1, 3: 0.3})
    found = widened([EXPECTED] * 4000, EXPECTED, MONTHS, past, 0)

    spread = [np.std([np.log(each["men", m] / 100.0) for each in found]) for m in MONTHS]
    assert [0.0, 0.1, 0.2, 0.3] == pytest.approx(spread, abs=0.01)
    assert found == widened([EXPECTED] * 4000, EXPECTED, MONTHS, past, 0)


def test_futures_that_are_far_enough_apart_stay_as_they_are() -> None:
    wide = [{key: each * factor for key, each in EXPECTED.items()} for factor in (0.5, 2.0)]

    assert tuple(wide) == widened(wide, EXPECTED, MONTHS, PastErrors(2, {1: 0.1}), 0)


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        json.dumps({"kind": "other", "version": VERSION, "figures": []}),
        json.dumps({"kind": KIND, "version": VERSION + 1, "figures": []}),
        json.dumps({"kind": KIND, "version": VERSION, "figures": []}),
        json.dumps({"kind": KIND, "version": VERSION, "figures": [{"old": "a"}]}),
        json.dumps([1]),
    ],
)
def test_what_is_no_track_record_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "record.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UnusableInputError) as refused:
        read_past_errors(file)
    assert refused.value.told.key.startswith("past_errors.")


def test_the_bands_of_a_forecast_are_as_wide_as_old_forecasts_were_off_and_say_so() -> None:
    """A standard error of e^0.5 a year ahead: 80 % of futures lie within 1.2816 of it by logarithm.

    The samples' own spread is far less there, so that 90 % over 50 % comes to e^(1.2816 x 0.5).
    """
    book = small_book()
    past = PastErrors(3, {11: 0.5})
    usual, wide = forecast(book, "middle"), forecast(book, "middle", past)

    (_, middle, high), (_, _, before) = (
        made.scenarios[0].bands.outcomes[LookedAt.TOTAL][:, -1] for made in (wide, usual)
    )
    assert high / middle == pytest.approx(np.exp(1.2816 * 0.5), rel=0.05)
    assert before / middle < 1.2
    told = [each.text(Language.NL) for each in wide.notes]
    assert any("3 oude prognoses" in each and "11 maanden" in each for each in told)
    first = [made.scenarios[0].bands.outcomes[LookedAt.TOTAL][:, 0] for made in (wide, usual)]
    assert first[0].tolist() == pytest.approx(first[1].tolist())
