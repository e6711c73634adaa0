"""The change list, and that planning again changes nothing without a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import api
from planner.compare import verbs
from planner.compare.verbs import PlanOfBook
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.edits import AddRow, apply
from tests.compared import EMOJI, LONG

Plans = Mapping[str, PlanOfBook]


def near(one: Mapping[Any, float], other: Mapping[Any, float]) -> bool:
    return all(
        pytest.approx(one.get(key, 0.0), abs=1e-3) == other.get(key, 0.0) for key in {*one, *other}
    )


@pytest.mark.parametrize(("old", "new"), [("middle", EMOJI), (LONG, "middle")])
def test_the_change_list_applied_to_the_old_plan_gives_the_new_one(
    made: Plans, old: str, new: str
) -> None:
    was, becomes = verbs.places_of(made[old]), verbs.places_of(made[new])
    changes = verbs.change_list(was, made[new], made[old])

    assert len(changes)
    assert not near(was, becomes)
    assert near(becomes, verbs.applied(was, changes))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_old_plan_becomes_the_new_one_by_its_change_list(
    made: Plans, data: st.DataObject
) -> None:
    plan = made["middle"]
    becomes = verbs.places_of(plan)
    # Months are compared that both plans have, so the old one has them all.
    keys = sorted(becomes, key=str)
    some = data.draw(st.lists(st.sampled_from(keys), max_size=8, unique=True))
    was = {**becomes, **{key: float(data.draw(st.integers(0, 3))) for key in some}}
    if data.draw(st.booleans()):
        was = {(f"x{key[0]}", *key[1:]): places for key, places in was.items()}

    assert near(becomes, verbs.applied(was, verbs.change_list(was, plan)))


def test_every_change_has_a_reason(made: Plans) -> None:
    changes = verbs.change_list(verbs.places_of(made["middle"]), made[EMOJI], made["middle"])
    reasons = dict(zip(changes["location"], changes["because"], strict=True))

    assert all(each.nl and each.en for each in reasons.values())
    assert "input: Open until was 31 Oct 2026, becomes 30 Apr 2027" in reasons["L15"].en


def test_planning_again_with_the_previous_plan_given_changes_nothing(
    made: Plans, book: Book
) -> None:
    places = verbs.places_of(made["middle"])
    rows = [
        AddRow("previous_plan", row, {"location": at, "kind": kind, "month": month, "places": used})
        for row, ((at, kind, month), used) in enumerate(places.items(), start=2)
    ]
    with_previous, _ = apply(book, rows)
    plan = api.plan(with_previous, "middle", options=api.PlanOptions(trials=0))
    again = verbs.PlanOfBook("again", with_previous, plan)

    assert verbs.change_list(verbs.previous_places(again), again).empty
    before, after = (
        dict(zip(each.tables["levels"]["name"], each.tables["levels"]["value"], strict=True))
        for each in (made["middle"], again)
    )
    assert pytest.approx(before.pop("cost")) == after.pop("cost")
    assert pytest.approx(before, abs=1e-3) == after


def test_where_nothing_is_known_of_the_old_plan_the_reason_says_no_more_than_that(
    made: Plans,
) -> None:
    plan = made["middle"]
    was = verbs.places_of(plan)
    key = next(key for key in was if key[0] == "L01")
    changes = verbs.change_list({**was, key: was[key] - 5}, plan)

    assert ["follows from what changes elsewhere"] == [
        each.in_(Language.EN) for each in changes["because"]
    ]
