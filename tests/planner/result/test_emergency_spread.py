"""A plan tells of emergency locations that are kept open though far fewer would do."""

from __future__ import annotations

from typing import Any

import pytest

from planner.core.texts import Language
from planner.result.emergency_spread import emergency_spread_notes
from tests.rules.cases import AUG, JUL, OCT, case, group, location, until
from tests.rules.planned import planned

PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


@pytest.mark.parametrize(
    ("men", "told"),
    [
        # 90 men fit in one hall of 100 beds; the 60 in the other two would move.
        (30, "in Jul 2026 90 people live at 3 emergency locations with 300 beds, where 1 "),
        # 120 men take two: one hall to spare is how people happen to fit.
        (40, None),
    ],
)
def test_emergency_locations_beyond_those_that_would_do_are_told(
    men: int, told: str | None
) -> None:
    halls = ("a", "b", "c")
    plan = planned(
        case(
            *(location(each, "emergency_fixed", beds=100) for each in halls),
            groups=[group("men", "emergency_fixed")],
            people={"men": 3 * men},
            lives={(each, "men"): men for each in halls},
            **PLAIN,
        )
    )
    words = [
        each.text(Language.EN) for each in emergency_spread_notes(plan.problem.case, plan.tables)
    ]
    assert (told is not None) == bool(words)
    assert all(str(told) in each and "other 2 would take 60 moves" in each for each in words)


@pytest.mark.parametrize(("august", "september", "told"), [(10, 0, True), (10, 10, False)])
def test_an_extension_that_is_lived_in_for_less_than_half_of_it_is_told(
    august: int, september: int, *, told: bool
) -> None:
    """A hall ends in July and is extended by August to October: one month of three, or two."""
    plan = planned(
        case(
            location("hall", "emergency_fixed", open_until=until(JUL), extendable_until=until(OCT)),
            groups=[group("men", "emergency_fixed", stay_months=2.0)],
            people={"men": (10, august, september, 0)},
            lives={("hall", "men"): 10},
            months=4,
            **PLAIN,
        )
    )
    assert august == plan.people(location="hall", month=AUG)
    words = [
        each.text(Language.EN) for each in emergency_spread_notes(plan.problem.case, plan.tables)
    ]
    assert (["Of the emergency locations that are extended (1), 1 has "] if told else []) == [
        each[:56] for each in words
    ]
