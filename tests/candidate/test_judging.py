"""What is held against a new version of a library."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.candidate.answers import Answer
from tests.candidate.judging import judged

NOW = Answer("one", "optimal", {"unplaced": 4.95, "cost": 0.0}, settled=True, gap=0.0, seconds=1.0)


def test_the_same_answer_passes() -> None:
    same = replace(NOW, values={"unplaced": 4.95 + 1e-7, "cost": 1e-7}, seconds=1.2)
    assert judged({"one": NOW}, {"one": same}).passes


@pytest.mark.parametrize(
    ("sort", "then"),
    [
        ("another value", replace(NOW, values={"unplaced": 7.45, "cost": 0.0})),
        ("another value", replace(NOW, values={"unplaced": 4.95})),
        ("another ending", replace(NOW, ending="infeasible")),
        ("proven less", replace(NOW, gap=0.01)),
        ("proven less", replace(NOW, settled=False)),
        ("slower", replace(NOW, seconds=1.3)),
    ],
)
def test_another_answer_is_told_by_its_sort(sort: str, then: Answer) -> None:
    found = judged({"one": NOW}, {"one": then})
    assert not found.passes
    assert [sort] == [each for each, faults in found.faults.items() if faults]


def test_a_problem_that_was_not_answered_is_told_and_nothing_passes_on_nothing() -> None:
    assert ["one"] == judged({"one": NOW}, {}).faults["not answered"]
    assert not judged({}, {}).passes


def test_whole_numbers_may_differ_by_what_both_leave_unproven() -> None:
    now, then = (
        replace(NOW, gap=0.02),
        replace(NOW, gap=0.02, values={"unplaced": 5.0, "cost": 0.0}),
    )
    assert judged({"one": now}, {"one": then}).passes  # 0.05 of 4.95 is 1 %
    worse = replace(then, values={"unplaced": 5.1, "cost": 0.0})
    assert not judged({"one": now}, {"one": worse}).passes  # 3 %
