"""The capacity normally available: beds without emergency reception, each once."""

from planner.result.normal_capacity import NormalCapacity, normal_capacity
from tests.rules.cases import AUG, JUL, candidate, case, group, location
from tests.rules.planned import planned


def test_emergency_beds_are_not_among_those_normally_available() -> None:
    of = case(
        location("azc", beds=100, dol_beds=20, dol_prepared=20),
        location("tent", "emergency_tent", beds=80),
        candidate("new", beds=30, lead_time_months=1),
        groups=[group("men", "regular", "emergency_tent"), group("dublin", "dol", "regular")],
        people={"men": 135, "dublin": 9},
        months=2,
        occupancy_norm=0.9,
        dol_band_low=0.0,
    )
    # 144 people at 0.9 need 160 beds. The centre has 100, of which 20 also stand as DOL; the
    # candidate opens in August, 30 more. The 80 in the tent are what the exception gives.
    assert {
        JUL: NormalCapacity(JUL, 100.0, 160.0),
        AUG: NormalCapacity(AUG, 130.0, 160.0),
    } == normal_capacity(planned(of).tables)
    assert [60, 30] == [each.missing for each in normal_capacity(planned(of).tables).values()]
