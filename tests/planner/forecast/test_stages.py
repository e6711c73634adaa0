"""Hand-worked: stages, the run-off of the backlog, housing, transfers, and rates for a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planner.forecast.cohorts.backlog import RunOff, run_off
from planner.forecast.cohorts.people_present import compute, group_totals
from planner.input.case import Case
from planner.input.settings import Parameter
from planner.input.streams import Stage
from tests.arriving import CLOCKS, FIXED, arriving, stream
from tests.rules.cases import JUL, OCT, SEP, group

PACT = dt.date(2026, 6, 12)

TO_DOL = stream("waiting", "dol", group_before_start="waiting")


def people(of: Case, name: str) -> list[float]:
    return [round(each, 6) for each in group_totals(compute(of))[name][0].tolist()]


@pytest.mark.parametrize(
    ("shape", "first", "last"),
    [
        (RunOff.FLAT, 0.25, 0.25),
        (RunOff.FRONT_LOADED, 7 / 16, 1 / 16),
        (RunOff.PEAKED, 1 / 6, 1 / 6),
    ],
)
def test_a_run_off_decides_everything(shape: RunOff, first: float, last: float) -> None:
    parts = run_off(shape, 4)

    assert 1.0 == pytest.approx(parts.sum())
    assert [pytest.approx(first), pytest.approx(last)] == [parts[0], parts[-1]]


def stage(name: str, of: str = "men", **more: Any) -> Stage:
    """Return a row of Stages; stays are fixed unless told otherwise."""
    return Stage(stage=name, group=of, **{"stay_family": FIXED, **more})


# Nobody leaves by a stay of 99 months within the plan, so that the run-off alone is seen.
WAITING_FOR_A_DECISION = stage("old", stay_months=1e6, share_at_start=1.0, run_off_order=1)
DECIDED = (
    stream("come", "men", stage="new"),
    stream("men", "permits", 0.3, stage_left="old", stay_months=99.0),
)


def test_the_residents_at_the_start_are_the_backlog_and_leave_as_they_are_decided() -> None:
    of = arriving(
        *DECIDED,
        stages=(WAITING_FOR_A_DECISION,),
        people={"come": 0.0},
        lives={"men": 400},
        months=6,
        backlog_start=OCT,
        backlog_months=4.0,
    )

    assert people(of, "men") == pytest.approx([400, 400, 400, 400, 300, 200, 100], abs=0.1)
    assert people(of, "permits") == pytest.approx([0, 0, 0, 0, 30, 60, 90], abs=0.1)


def test_until_the_new_method_begins_the_backlog_leaves_by_its_stay() -> None:
    # Of 400 with ten months to stay a tenth, 40, leaves each month: in July, August, September.
    # 280 are left on 1 October, decided in four months of 70.
    old = replace(WAITING_FOR_A_DECISION, stay_months=10.0)
    of = arriving(
        *DECIDED,
        stages=(old,),
        people={"come": 0.0},
        lives={"men": 400},
        months=7,
        backlog_start=OCT,
        backlog_months=4.0,
    )

    assert [400.0, 360.0, 320.0, 280.0, 210.0, 140.0, 70.0, 0.0] == people(of, "men")


def test_who_arrived_since_the_start_date_is_no_backlog() -> None:
    # 57 of June's 90 came from the 12th on, and 90 came in July; they stay two months. Of the 400
    # counted, 343 are the backlog, decided in July and August.
    of = arriving(
        *DECIDED,
        stages=(WAITING_FOR_A_DECISION, stage("new", stay_months=2.0)),
        people={"come": 90.0},
        first=dt.date(2026, 6, 1),
        lives={"men": 400},
        months=3,
        dublin_start_date=PACT,
        backlog_start=JUL,
        backlog_months=2.0,
    )

    assert people(of, "men") == pytest.approx([400, 57 + 90 + 171.5, 180, 180], abs=0.1)


def test_the_categories_of_the_backlog_are_decided_in_their_order() -> None:
    # 100 minors, then 100 with a low chance, then the 200 others; 100 are decided each month.
    of = arriving(
        stream("men", "permits", 0.0, stage_left="low", stay_months=99.0),
        stream("men", "permits", 1.0, stage_left="rest", stay_months=99.0),
        stages=(
            stage("first", "minors", stay_months=1e6, share_at_start=1.0, run_off_order=1),
            stage("rest", stay_months=1e6, share_at_start=2 / 3, run_off_order=3),
            stage("low", stay_months=1e6, share_at_start=1 / 3, run_off_order=2),
        ),
        people={},
        lives={"men": 300, "minors": 100},
        months=4,
        backlog_start=JUL,
        backlog_months=4.0,
    )

    assert people(of, "minors") == pytest.approx([100, 0, 0, 0, 0], abs=0.1)
    assert people(of, "men") == pytest.approx([300, 300, 200, 100, 0], abs=0.1)
    # The low chances get no permit, so that permits come last.
    assert people(of, "permits") == pytest.approx([0, 0, 0, 100, 200], abs=0.1)


def test_the_backlog_outside_reception_takes_nobody_out_of_it() -> None:
    of = arriving(
        stream("backlog", "permits", 0.3, stay_months=99.0),
        people={"come": 0.0},
        lives={"men": 400},
        groups=(group("men"), group("permits", stay_months=99.0)),
        months=6,
        backlog_people=800.0,
        backlog_start=OCT,
        backlog_months=4.0,
    )

    assert [400.0] * 7 == people(of, "men")
    assert [0.0, 0.0, 0.0, 0.0, 60.0, 120.0, 180.0] == people(of, "permits")


def test_the_sheet_inflow_can_give_the_decisions_on_the_backlog_outside_reception() -> None:
    decided = [0.0, 50.0, 0.0, 10.0]
    rows = (stream("backlog", "permits", 0.5, stay_months=99.0),)
    of = arriving(*rows, people={"backlog": decided}, lives={"men": 60}, months=4)

    assert [0.0, 0.0, 25.0, 25.0, 30.0] == people(of, "permits")


def test_a_shape_moves_the_peak_of_permits() -> None:
    given: dict[str, Any] = {"backlog_start": JUL, "backlog_months": 12.0}
    ends = {
        shape: people(
            arriving(
                *DECIDED,
                stages=(WAITING_FOR_A_DECISION,),
                people={},
                lives={"men": 400},
                backlog_shape=shape,
                **given,
            ),
            "permits",
        )
        for shape in (0.0, 1.0, 2.0)
    }

    assert ends[2.0][3] < ends[0.0][3] < ends[1.0][3]
    assert ends[0.0][12] == pytest.approx(ends[1.0][12]) == pytest.approx(ends[2.0][12])


def test_a_run_off_with_appeal_and_family_reunion_worked_by_hand() -> None:
    """Concentrated decisions make peaks in permits, then in appeal, return and family reunion.

    1,200 wait on 1 July and are decided in four months, 300 a month. Of each 300, 100 (a third)
    get a permit. Of the 200 others 150 (three quarters) appeal for two months, and 20 (a tenth)
    go back at once; 30 leave. Of the 150, 30 (a fifth) win, and 60 (two fifths) go back; 60
    leave. A permit brings half a relative three months later. Who goes back stays one month;
    nobody is housed.
    """
    of = arriving(
        stream("men", "permits", None, share_parameter="granted_share", stage_left="old"),
        stream("men", "men", 0.75, stage_left="old", stage="appeal"),
        stream("men", "back", 0.1, stage_left="old"),
        stream("men", "permits", 0.2, stage_left="appeal"),
        stream("men", "back", 0.4, stage_left="appeal"),
        stream("permits", "permits", None, share_parameter="family_per_permit", delay_months=3.0),
        stages=(WAITING_FOR_A_DECISION, stage("appeal", stay_months=2.0, share_at_start=0.0)),
        groups=(
            group("men"),
            group("permit_holders", stay_months=1e6),
            group("back", stay_months=1.0),
        ),
        people={},
        lives={"men": 1200},
        months=8,
        backlog_start=JUL,
        backlog_months=4.0,
        granted_share=1 / 3,
        family_per_permit=0.5,
    )
    of = replace(
        of,
        streams=tuple(
            replace(row, group="permit_holders") if row.group == "permits" else row
            for row in of.streams
        ),
    )

    # Old cases on the first of July, August ...: 1200, 900, 600, 300, 0. In appeal: 150 who came
    # in July are there on 1 August and 1 September, and so on for four months.
    old, appeal = [1200, 900, 600, 300, 0, 0, 0, 0, 0], [0, 150, 300, 300, 300, 150, 0, 0, 0]
    expected = [one + other for one, other in zip(old, appeal, strict=True)]
    assert people(of, "men") == pytest.approx(expected, abs=0.5)
    # Granted at once: 100 a month in July to October. Won: 30 a month in September to December.
    # Family three months later: half of 100, 100, 130, 130, 30 from October to February.
    permits = [0, 100, 200, 330, 510, 590, 685, 750, 765]
    assert people(of, "permit_holders") == pytest.approx(permits, abs=0.5)
    # Back: 20 a month in July to October and 60 a month in September to December, for a month.
    assert people(of, "back") == pytest.approx([0, 20, 20, 80, 80, 60, 60, 0, 0], abs=0.5)


def test_claims_follow_arrivals() -> None:
    rows = (
        stream(
            "come", "waiting", None, share_parameter="dublin_accepted_share", stay_family=CLOCKS
        ),
        TO_DOL,
    )
    small = arriving(*rows, people={"come": 1000.0}, dublin_accepted_share=0.18)
    large = arriving(*rows, people={"come": 1500.0}, dublin_accepted_share=0.18)

    assert people(small, "dol")[-1] == pytest.approx(180.0 * 3.35)
    assert people(large, "dol")[-1] == pytest.approx(270.0 * 3.35)


def test_the_housing_of_permit_holders_acts_both_ways() -> None:
    # 740 live there, and 100 a month get a permit: at 100 a month housed they wait 7.4 months.
    # It takes at least 3 months, so that of the 740 300 are not ready yet and 440 wait.
    rows = (stream("come", "permits", stay_months=3.0, leave_parameter="permits_housed_month"),)
    held = arriving(*rows, lives={"permits": 740}, months=10, permits_housed_month=100.0)
    twice = arriving(*rows, lives={"permits": 740}, months=10, permits_housed_month=200.0)
    half = arriving(*rows, lives={"permits": 740}, months=10, permits_housed_month=50.0)

    assert [740.0] * 11 == people(held, "permits")
    # At 200 a month 600 of those there are not ready; in the end 300 are left: the three months.
    assert people(twice, "permits")[:5] == [740.0, 640.0, 540.0, 440.0, 340.0]
    assert people(twice, "permits")[-1] == 300.0
    assert people(half, "permits")[1:3] == [790.0, 840.0]


TERM: dict[str, Any] = {"transfer_months": 6.0, "dublin_transferred_share": 0.25}
INTO_DOL = stream("come", "dol", stay_family=FIXED, stay_months=2.0)


def test_a_stop_of_transfers_keeps_those_in_dol_who_were_to_be_transferred() -> None:
    """100 a month come and leave after two months, 25 of them by transfer (AMMR 42, 46).

    From October to December no transfer can be made: each month 25 stay, until January, when
    the 75 are transferred. Nobody reaches the term of six months.
    """
    stop = Parameter(
        parameter="dublin_transfers_stopped",
        value=1.0,
        valid_from=OCT,
        valid_until=dt.date(2026, 12, 31),
    )
    of = arriving(INTO_DOL, months=9, **TERM)
    parameters = replace(of.parameters, dated={"dublin_transfers_stopped": (stop,)})
    stopped = replace(of, parameters=parameters)

    assert people(of, "dol") == [0, 100, 200, 200, 200, 200, 200, 200, 200, 200]
    assert people(stopped, "dol") == [0, 100, 200, 200, 225, 250, 275, 200, 200, 200]


def test_who_cannot_be_transferred_within_six_months_is_ours() -> None:
    """Art. 46 AMMR: who came in July has been here six months in January, and stays here.

    Those of July leave in September: with a stop from then on 25 are held, and go over to the
    procedure in January; after them 25 a month.
    """
    of = arriving(
        INTO_DOL, stream("dol", "men", stay_months=1e6), months=9,
        **TERM, dublin_transfers_stopped=1.0,
    )  # fmt: skip

    assert people(of, "men") == [0, 0, 0, 0, 0, 0, 0, 25, 50, 75]
    assert people(of, "dol")[2:] == [200, 225, 250, 275, 300, 300, 300, 300]


def test_who_is_in_prison_can_be_transferred_for_a_year() -> None:
    rows = (
        stream("come", "dol", stage="prison"),
        stream("dol", "men", stage_left="prison", stay_months=1e6),
    )
    prison = stage("prison", "dol", stay_months=2.0, term_parameter="transfer_prison_months")
    of = arriving(
        *rows, stages=(prison,), months=9, **TERM,
        transfer_prison_months=12.0, dublin_transfers_stopped=1.0,
    )  # fmt: skip

    assert [0.0] * 10 == people(of, "men")
    assert people(of, "dol")[2:] == [200, 225, 250, 275, 300, 325, 350, 375]


def test_who_absconds_and_comes_back_is_transferred_within_three_years() -> None:
    """Of 100 a month 75 abscond after two months; a fifth of them, 15, is back after four more.

    Three years less the four months is more than enough for their two months in DOL; with a term
    of five months one would be left, and the law leaves three.
    """
    rows = (
        stream("come", "dol", stage="transfer", stay_family=FIXED),
        stream(
            "dol", "dol", None, share_parameter="dublin_return_share", delay_months=4.0,
            stage_left="transfer", stage="returned",
        ),
        stream("dol", "men", stage_left="returned", stay_months=1e6),
    )  # fmt: skip
    stages = (
        stage("transfer", "dol", stay_months=2.0),
        stage("returned", "dol", stay_months=2.0, term_parameter="transfer_abscond_months"),
    )
    of = arriving(
        *rows, stages=stages, months=10, **TERM, dublin_return_share=0.2,
        transfer_abscond_months=36.0,
    )  # fmt: skip
    short = arriving(
        *rows, stages=stages, months=10, **TERM, dublin_return_share=0.2,
        transfer_abscond_months=5.0,
    )  # fmt: skip

    # Those of July abscond in September and are back in January: there on 1 February.
    assert people(of, "dol") == [0, 100, 200, 200, 200, 200, 200, 215, 230, 230, 230]
    assert people(of, "dol") == people(short, "dol")
    assert max(people(of, "men")) == 0.0


def test_a_rate_changes_from_a_date_until_a_date() -> None:
    """Of 100 a month 18 have an accepted claim, in September and October 40."""
    more = Parameter(
        parameter="dublin_accepted_share",
        value=0.4,
        valid_from=SEP,
        valid_until=dt.date(2026, 10, 31),
    )
    of = arriving(
        stream("come", "waiting", None, share_parameter="dublin_accepted_share", stay_months=1.0),
        months=6,
        dublin_accepted_share=0.18,
    )
    changed = replace(of.parameters, dated={"dublin_accepted_share": (more,)})

    assert people(of, "waiting") == [0, 18, 18, 18, 18, 18, 18]
    assert people(replace(of, parameters=changed), "waiting") == [0, 18, 18, 40, 40, 18, 18]


def test_a_row_for_a_time_goes_before_the_row_without_dates() -> None:
    """They stay one month; who comes in September and October stays three."""
    long = stream("come", "men", stay_months=3.0, valid_from=SEP, valid_until=dt.date(2026, 10, 31))
    of = arriving(stream("come", "men", stay_months=1.0), long, months=7)

    assert people(of, "men") == [0, 100, 100, 100, 200, 300, 200, 100]


def test_a_stage_has_another_length_for_a_time() -> None:
    stages = (
        stage("wait", stay_months=1.0),
        stage("wait", stay_months=3.0, valid_from=SEP, valid_until=dt.date(2026, 10, 31)),
    )
    of = arriving(stream("come", "men", stage="wait"), stages=stages, months=7)

    assert people(of, "men") == [0, 100, 100, 100, 200, 300, 200, 100]
