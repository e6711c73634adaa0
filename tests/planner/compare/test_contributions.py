"""From a difference to the edits that explain it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner import api
from planner.compare import verbs
from planner.compare.contributions import EDIT, MOST_FACTORS, TOGETHER, WHOLE, factors_of
from planner.compare.partial import EXPECTED, Partial
from planner.compare.verbs import Contributions
from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.edits import AddRow, SetCell, apply, next_row
from planner.result.plan import Plan
from tests.compared import EMOJI


@pytest.fixture(name="found", scope="module")
def contributions_found(book: Book) -> Contributions:
    return verbs.contributions(book, "middle", EMOJI)


def test_what_edits_do_alone_and_only_together_is_the_whole_difference(
    found: Contributions,
) -> None:
    frame = found.frame()
    for _, rows in frame.groupby(["kind", "name"], sort=False):
        whole = rows.loc[rows["part"] == WHOLE, "alone"].item()
        parts = rows.loc[rows["part"].isin([EDIT, TOGETHER]), "alone"]
        assert pytest.approx(whole, abs=1e-9) == parts.sum()
    moved = {each.name for each in found.figures if abs(each.whole) > 1}
    assert {"norm", "emergency", "dublin", "cost"} <= moved


def test_the_figures_are_those_of_the_plans(
    plans: Mapping[str, Plan], found: Contributions
) -> None:
    for name, side in (("middle", "base"), (EMOJI, "scenario")):
        levels = {each.name: each.value for each in plans[name].levels}
        told = {each.name: getattr(each, side) for each in found.figures if each.kind == "level"}
        assert levels.keys() == told.keys()
        assert all(pytest.approx(levels[name], abs=1e-4) == told[name] for name in levels)


def test_each_edit_is_told_in_words_with_what_it_changes(found: Contributions) -> None:
    assert [
        "Parameters · DOL growth speed · Value: 12 becomes 6",
        "Locations · L15 · Open until: 31 Oct 2026 becomes 30 Apr 2027",
    ] == [each.text(Language.EN) for each in found.titles()]
    # Base, scenario, and each edit alone; switched off, the one is the other alone.
    assert 4 == found.solves


def test_neither_the_book_nor_its_scenarios_are_changed(book: Book) -> None:
    before = {key: sheet.frame.copy() for key, sheet in book.tables.items()}
    partial = Partial(book, "middle", EMOJI)
    factors = factors_of(partial)
    none, every = partial.case(()), partial.case(factors)

    for key, frame in before.items():
        pd.testing.assert_frame_equal(frame, book.tables[key].frame, check_exact=True)
    assert none is not None
    assert every is not None
    assert api.usable(book, "middle").fingerprint == none.fingerprint
    whole = api.usable(book, EMOJI)
    assert whole.fingerprint == replace(every, scenario=EMOJI).fingerprint
    assert partial.case(factors[:1]) != every


def test_another_forecast_is_one_factor(book: Book) -> None:
    partial = Partial(book, "middle", "high")
    assert (EXPECTED,) == partial.addresses
    case = partial.case(factors_of(partial))
    assert case is not None
    assert api.usable(book, "high").inflow == case.inflow


def test_what_both_change_alike_is_no_factor(book: Book) -> None:
    row = next_row(book, "scenarios")
    cells: dict[str, Any] = {
        "table": "Parameters",
        "key": "dol_growth_per_month",
        "column": "value",
        "value": 6,
    }
    same = AddRow("scenarios", row, {"scenario": "same", **cells})
    partial = Partial(apply(book, [same])[0], EMOJI, "same")

    assert [("locations", "L15", "open_until")] == list(partial.addresses)
    assert ("2027-04-30", "31 Oct 2026") == tuple(
        each if isinstance(each, str) else f"{each:%-d %b %Y}"
        for each in partial.values(partial.addresses[0])
    )


def test_an_edit_that_is_not_active_is_no_factor(book: Book) -> None:
    frame = book.frame("scenarios")
    row = int(frame.index[frame["scenario"] == EMOJI][0])
    off, _ = apply(book, [SetCell("scenarios", row, "active", "nee")])
    assert [("locations", "L15", "open_until")] == list(Partial(off, "middle", EMOJI).addresses)


def test_very_many_edits_are_taken_together(book: Book) -> None:
    row = next_row(book, "scenarios")
    ids = book.frame("locations")["id"].tolist()
    edits = [
        AddRow(
            "scenarios",
            row + number,
            {
                "scenario": "many",
                "table": "locations",
                "key": ids[number],
                "column": "beds",
                "value": 50,
            },
        )
        for number in range(MOST_FACTORS + 1)
    ]
    factors = factors_of(Partial(apply(book, edits)[0], "middle", "many"))
    assert [MOST_FACTORS + 1] == [len(each.addresses) for each in factors]


def test_an_edit_that_cannot_be_planned_alone_is_left_empty(book: Book) -> None:
    row = next_row(book, "scenarios")
    about = {"scenario": "larger", "table": "locations", "key": "L20"}
    edits = [
        AddRow("scenarios", row, {**about, "column": "beds", "value": 900}),
        AddRow("scenarios", row + 1, {**about, "column": "dol_beds", "value": 800}),
    ]
    found = verbs.contributions(apply(book, edits)[0], "middle", "larger")

    assert 3 == found.solves
    for each in found.figures:
        beds, shelter = each.parts
        assert shelter.alone is None
        assert beds.switched_off is None
        assert pytest.approx(each.whole, abs=1e-9) == (beds.alone or 0.0) + each.together


def test_contributions_that_are_cancelled_say_so(book: Book) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError, match="stopped on request"):
        verbs.contributions(book, "middle", EMOJI, cancel=token)
