"""How much more a plan's decisions bear: by hand, and solved again one person below and above."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from planner import api
from planner.api import PlanOptions
from planner.cli import run
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import Case, usable
from planner.margin import BreakingBound, Kind, Margin, margins
from planner.margin.limits import frozen, outside_dol
from planner.margin.stress import Setbacks, Stress, with_people
from planner.margin.words import margin_lines
from planner.model.build import build
from planner.model.fixed_decisions import FixedDecisions
from planner.result import PlanOfBook
from planner.result.plan import Plan
from planner.sheets.answer import breaking_point, in_short
from planner.sheets.result_sheets import read_results
from planner.solver.linear_model_of import linear_model
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of
from tests.small_plan import small_book, small_plan

DAY = dt.date(2026, 6, 30)
JULY, AUGUST = dt.date(2026, 7, 1), dt.date(2026, 8, 1)

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def sheets(men: tuple[float, float], dublin: float) -> Sheets:
    """A centre of 100 beds, 20 of them fitted out as DOL, and a tent of 50 until July."""
    return {
        "Locaties": [
            ["Locatiecode", "Type", "Bedden", "Open tot en met", "Verlengbaar tot en met",
             "DOL-bedden", "DOL ingericht"],
            ["L1", "azc", 100, None, None, 20, 20],
            ["L2", "emergency_tent", 50, dt.date(2026, 7, 31), dt.date(2026, 12, 31), 0, 0],
        ],
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [DAY, "L1", "men", 60], [DAY, "L1", "dublin", 10],
        ],
        "Groepen": [
            ["Groep", *KINDS, *EMERGENCY],
            ["men", "barred", "preferred", *["barred"] * 5, *["fallback"] * 3],
            ["dublin", "barred", "fallback", *["barred"] * 4, "preferred", *["fallback"] * 3],
        ],
        "Prognose": [
            ["Scenario", "Maand", "Groep", "Personen"],
            ["middle", JULY, "men", men[0]], ["middle", AUGUST, "men", men[1]],
            ["middle", JULY, "dublin", dublin], ["middle", AUGUST, "dublin", dublin],
        ],
        "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 0.9]],
    }  # fmt: skip


def planned(book: Book) -> tuple[Case, Plan]:
    return api.usable(book), api.plan(book, options=PlanOptions(whole=True, trials=0))


def by_name(found: Sequence[Margin]) -> Mapping[tuple[str, str, str], Margin]:
    return {(m.stress.kind.value, m.stress.group, m.bound.value): m for m in found}


def test_a_plan_that_extends_its_tent_bears_what_is_left_of_the_beds() -> None:
    """114 men and 16 in Dublin in August, in 100 beds and the 50 of the tent that is extended.

    150 beds for 130 people: 20 more, 15.38 %. Men alone: 20 of 114, 17.54 %. Of the 50 beds
    extended 20 can be missed, 40 %. Of the 20 DOL places 16 are taken: 4 more, 25 %.
    """
    found = by_name(margins(*planned(book_of(sheets((80, 114), 16)))))

    everybody = found["all", "", "place"]
    assert pytest.approx(20 / 130) == everybody.part
    assert pytest.approx(20) == everybody.people
    assert AUGUST == everybody.month
    assert {"L1", "L2"} == set(everybody.where)
    assert pytest.approx(20 / 114) == found["group", "men", "place"].part
    assert pytest.approx(0.4) == found["refused", "", "place"].part
    assert pytest.approx(20) == found["refused", "", "place"].people
    assert pytest.approx(0.25) == found["group", "dublin", "dol"].part
    assert pytest.approx(4) == found["group", "dublin", "dol"].people
    assert ("L1",) == found["group", "dublin", "dol"].where


def test_emergency_that_is_in_use_has_to_grow_at_the_first_person() -> None:
    """130 people in August are more than the 100 beds: the tent is in use already."""
    found = by_name(margins(*planned(book_of(sheets((80, 114), 16)))))

    grows = found["group", "men", "emergency"]
    assert grows.broken
    assert pytest.approx(0, abs=1e-3) == grows.people


def test_room_below_the_norm_is_borne_before_emergency_grows() -> None:
    """66 men and 16 in Dublin in 100 beds: 84 beds are left beside DOL, by the norm for 75.6 men.

    So 9.6 more before the norm or the tent is needed, which is not extended: 84 - 66 = 18 more
    before a man is without a place in August.
    """
    found = by_name(margins(*planned(book_of(sheets((60, 66), 16)))))

    assert pytest.approx(9.6, abs=1e-3) == found["group", "men", "emergency"].people
    assert pytest.approx(18, abs=1e-3) == found["group", "men", "place"].people
    assert "refused" not in {kind for kind, _, _ in found}


@pytest.mark.parametrize("men", [(80, 114), (60, 66), (80, 140)])
def test_the_first_margin_alone_is_the_same(men: tuple[float, float]) -> None:
    of = planned(book_of(sheets(men, 16)))

    (quick,) = margins(*of, first_only=True)

    exact = by_name(margins(*of))["all", "", "place"]
    assert pytest.approx(exact.people, abs=1e-3) == quick.people
    assert (exact.month, exact.broken, exact.stress) == (quick.month, quick.broken, quick.stress)
    assert exact.part is not None
    assert pytest.approx(exact.part, abs=1e-5) == quick.part


def test_the_first_page_says_what_the_plan_bears() -> None:
    made = small_plan()
    (first,) = margins(usable(small_book()), made, first_only=True)

    (told,) = breaking_point(made.tables["explanation"])

    assert first.part is not None
    part = f"{math.floor(1000 * first.part) / 10:.1f} %".replace(".", ",")
    words = told.text(Language.NL)
    assert part in words
    assert f"{math.floor(first.people)} mensen" in words
    page = in_short(PlanOfBook("middle", small_book(), made).worded)
    assert words in [each.text(Language.NL) for each in page]


def test_a_plan_with_somebody_without_a_place_bears_nothing() -> None:
    found = by_name(margins(*planned(book_of(sheets((80, 140), 16)))))

    assert found["all", "", "place"].broken


def fits(case: Case, plan: Plan, people: Mapping[tuple[str, dt.date], float], bound: BreakingBound,
         refused: float = 0.0) -> bool:  # fmt: skip
    """Whether other people can be housed within a bound: built anew, solved by scipy."""
    problem = build(with_people(case, people))
    model = linear_model(problem)
    lower, upper = model.lower.astype(float), model.upper.astype(float)
    extends = {problem.columns.index(each) for each in problem.choose.extend.values()}
    decided = FixedDecisions.of_table(plan.tables["decisions"])
    for target in decided.targets(problem.case, problem.choose):
        at = problem.columns.index(target.column)
        value = target.value * ((1 - refused) if at in extends else 1.0)
        lower[at] = upper[at] = min(value, upper[at])
    levels = {each.name: each.value for each in plan.levels}
    sums = list(frozen(problem, bound, levels, outside_dol(plan.tables["shortfalls"])))
    shape = (len(model.row_lower), len(lower))
    matrix = csr_matrix((model.values, model.indices, model.starts), shape)
    equal = model.row_lower == model.row_upper
    over = np.isfinite(model.row_upper) & ~equal
    under = np.isfinite(model.row_lower) & ~equal
    upper_rows = [matrix[over], -matrix[under], csr_matrix([each.cost for each in sums])]
    limits = [model.row_upper[over], -model.row_lower[under], [each.most for each in sums]]
    found = linprog(
        np.zeros(len(lower)),
        A_ub=vstack(upper_rows),
        b_ub=np.concatenate(limits),
        A_eq=matrix[equal],
        b_eq=model.row_lower[equal],
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    assert found.status in {0, 2}
    return bool(found.status == 0)


def confirmed(case: Case, plan: Plan, margin: Margin) -> bool:
    """Whether one person less than a margin can be borne, and one person more cannot."""
    assert margin.part is not None
    setbacks = Setbacks(case)
    step = margin.part / margin.people if margin.people > 0 else 1.0

    def borne(part: float) -> bool:
        if margin.stress.kind is Kind.REFUSED:
            return fits(case, plan, setbacks.now, margin.bound, part)
        return fits(case, plan, setbacks.people(margin.stress, part), margin.bound)

    below = margin.people < 1 or borne(margin.part - step)
    return below and not borne(margin.part + step)


def test_room_in_dol_in_one_month_takes_in_nobody_of_another() -> None:
    """4 in Dublin in July are outside DOL, which 20 fill in August.

    A part of DOL holds 18 at least: 82 beds would be left for the 76 men, by the norm 73.8. That
    part does not count for a margin. Were the four taken in, as many could be outside in August
    for the same sum over both months.
    """
    other = {name: [list(row) for row in rows] for name, rows in sheets((76, 66), 20).items()}
    other["Locaties"][0].append("DOL minimale omvang")
    other["Locaties"][1].append(18)
    other["Locaties"][2].append(0)
    other["Bezetting"][-1][-1] = 4
    other["Prognose"][3][-1] = 4
    case, made = planned(book_of(other))
    assert pytest.approx({JULY: 4.0}) == outside_dol(made.tables["shortfalls"])

    found = by_name(margins(case, made))

    assert found["group", "dublin", "dol"].broken


def test_every_margin_holds_one_person_below_and_breaks_one_above() -> None:
    case, plan = planned(book_of(sheets((80, 114), 16)))

    found = [each for each in margins(case, plan) if each.part is not None and not each.broken]

    assert 6 < len(found)
    assert [] == [each for each in found if not confirmed(case, plan, each)]


@pytest.fixture(scope="module")
def small() -> tuple[Case, Plan]:
    return api.usable(small_book()), small_plan()


def test_the_margins_of_the_small_demo_hold_and_break_where_they_say(
    small: tuple[Case, Plan],
) -> None:
    case, plan = small
    found = margins(case, plan)
    some = {Kind.ALL: "", Kind.DEPARTURES: "", Kind.DUBLIN_STAY: "", Kind.REFUSED: "",
            Kind.GROUP: "dublin_single"}  # fmt: skip
    asked = [
        each
        for each in found
        if some.get(each.stress.kind) == each.stress.group and each.part is not None
        and each.bound is not BreakingBound.EMERGENCY and not each.broken
    ]  # fmt: skip

    assert set(some) == {each.stress.kind for each in asked}
    assert [] == [each for each in asked if not confirmed(case, plan, each)]
    # A few per cent more people than planned for, and somebody is without a place.
    everybody = by_name(found)["all", "", "place"]
    assert everybody.part is not None
    assert 0 < everybody.part < 0.1


def test_the_command_tells_and_records_every_margin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_of(sheets((80, 114), 16))
    path, record = tmp_path / "plan.xlsx", tmp_path / "margin.json"
    api.save_plan(path, book, planned(book)[1], Language.NL)

    table = tmp_path / "margins.xlsx"
    asked = ["--json", str(record), "--out", str(table), "--language", "en"]
    assert 0 == run(["margin", str(path), *asked])

    rows = read_results(api.open_workbook(table))["margins"]
    first = rows.iloc[0]
    assert ("somebody is without a place", 15.3, 20.0) == (
        first["bound"], first["percent"], first["amount"],
    )  # fmt: skip
    assert ("Places within the beds", "L1, L2") == (first["limit"].strip("“”"), first["where"])
    told = capsys.readouterr().out
    assert "more people, of every group: up to 15.3 % (20 people in Aug 2026)" in told
    assert "extensions that are refused: up to 40 % (20 beds)" in told
    assert "“Places within the beds”: L1, L2" in told
    (everybody,) = (
        each
        for each in json.loads(record.read_text(encoding="utf-8"))["margins"]
        if (each["kind"], each["bound"]) == ("all", "place")
    )
    assert pytest.approx(20 / 130) == everybody["part"]
    assert ("2026-08-01", "persons") == (everybody["month"], everybody["unit"])


def test_a_plan_of_another_input_is_not_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = book_of(sheets((80, 114), 16))
    made = planned(book)[1]
    path = tmp_path / "plan.xlsx"
    forged = replace(made, provenance={**made.provenance, "fingerprint": "another"})
    api.save_plan(path, book, forged, Language.NL)

    assert 2 == run(["margin", str(path), "--language", "en"])

    assert "is not the one that was planned" in capsys.readouterr().err


def test_setbacks_of_which_the_same_is_to_be_said_are_told_together() -> None:
    """At the place bound all is 5 % and men are 10 %; DOL breaks for neither before that."""
    men = Stress(Kind.GROUP, "men")
    place = [Margin(Stress(Kind.ALL), BreakingBound.PLACE, 0.05, 5.0, JULY)]
    place += [Margin(men, BreakingBound.PLACE, 0.1, 5.0, JULY)]
    dol = [replace(each, bound=BreakingBound.DOL) for each in place]

    told = [each.text(Language.EN) for each in margin_lines(dol, [*place, *dol])]

    assert [
        "not before somebody is without a place: more people, of every group, more people: men"
    ] == [each.replace(";", ",") for each in told]
    assert 2 == len(list(margin_lines(place, place)))
