"""Other plans within a margin: by hand, and never beyond it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner import api
from planner.alternatives import LeastOf, alternatives
from planner.alternatives.words import (
    is_known,
    none_less,
    otherwise,
    proof,
    sentences,
    sheets,
    stays_within,
    told,
)
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import ROUNDING, Language
from planner.input.book import Book
from planner.result import breaches_of
from planner.result.plan import Plan
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

DAY = dt.date(2026, 6, 30)
JULY = dt.date(2026, 7, 1)

SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "Locaties": [
        [
            "Locatiecode",
            "Type",
            "Status",
            "Bedden",
            "Kosten per plaats per maand",
            "Openingskosten",
        ],
        ["L1", "azc", "open", 100, 1000, None],
        ["A", "azc", "candidate", 30, 1000, 500],
        ["B", "azc", "candidate", 30, 1000, 500],
        ["C", "azc", "candidate", 60, 1050, 1000],
    ],
    "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [DAY, "L1", "men", 100]],
    "Groepen": [
        ["Groep", *KINDS, *EMERGENCY],
        ["men", "barred", "preferred", *["barred"] * 5, *["fallback"] * 3],
    ],
    "Prognose": [["Scenario", "Maand", "Groep", "Personen"], ["middle", JULY, "men", 160]],
    "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1]],
}


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(SHEETS)


def opened(plan: Plan) -> set[str]:
    decided = plan.tables["decisions"]
    return set(decided[(decided["decision"] == "open") & (decided["value"] > 0)]["location"])


def test_one_dearer_location_takes_the_place_of_two_within_the_margin(book: Book) -> None:
    """160 men: 100 in L1 and 60 in A and B, 161,000 euros; in C instead 164,000, 1.86 % more."""
    best, found = alternatives(book, level="cost", margin=0.02)

    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)
    assert {"A", "B"} == opened(best)
    assert {"C"} == opened(fewest.plan)
    assert pytest.approx(2) == fewest.in_best
    assert pytest.approx(1) == fewest.least
    assert pytest.approx(3_000 / 161_000) == fewest.given_up
    assert fewest.bound <= fewest.least
    assert fewest.is_less


def test_a_narrower_margin_leaves_the_best_plan(book: Book) -> None:
    _, found = alternatives(book, level="cost", margin=0.01)

    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)
    assert pytest.approx(2) == fewest.least
    assert not fewest.is_less


def test_every_alternative_holds_and_keeps_the_levels_before_the_chosen_one(book: Book) -> None:
    best, found = alternatives(book, level="cost", margin=0.02)

    values = {each.name: each.value for each in best.levels}
    for each in found:
        assert () == breaches_of(api.usable(book), each.plan)
        for level in each.plan.levels:
            if level.name == "cost":
                assert level.value <= 1.02 * values["cost"] + 1e-6
                break
            assert level.value <= values[level.name] + 1e-6


def test_what_a_kept_level_has_least_of_is_no_wish(book: Book) -> None:
    _, found = alternatives(book, level="cost", margin=0.02)

    assert not {LeastOf.LEAST_EMERGENCY, LeastOf.FEWEST_MOVES, LeastOf.MOST_EVEN} & {
        w.wish for w in found
    }


def test_an_unknown_level_is_told_with_those_there_are(book: Book) -> None:
    with pytest.raises(UnusableInputError) as refused:
        alternatives(book, level="price", margin=0.02)

    assert "unplaced (without a place)" in refused.value.told.text(Language.EN)


def test_the_command_writes_them_side_by_side(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    api.save_book(source, book, Language.EN)

    asked = ["alternatives", str(source), "--level", "cost", "--out", str(out)]
    assert 0 == run([*asked, "--language", "en"])

    told = capsys.readouterr().out
    assert "fewest locations touched: 1 location (best plan: 2" in told
    assert "“cost” is 1.86 % worse" in told
    workbook = openpyxl.load_workbook(out, read_only=True)
    cells = {
        value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
    }
    workbook.close()
    assert any("fewest locations touched" in str(each) for each in cells)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--margin", "-1"], "the margin is a part of 0 or more"),
        (["--count", "9"], "ask for 1 to 6 other plans"),
    ],
)
def test_what_cannot_be_asked_is_told(
    book: Book, tmp_path: Path, asked: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.xlsx"
    api.save_book(source, book, Language.EN)

    common = ["alternatives", str(source), "--out", str(tmp_path / "o.xlsx"), "--language", "en"]
    assert 2 == run([*common, *asked])
    assert told in capsys.readouterr().err


def test_each_plan_is_told_with_its_proof_and_every_level_stands_side_by_side(book: Book) -> None:
    best, found = alternatives(book, level="cost", margin=0.02)
    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)

    assert stays_within(fewest, best, "cost", 0.02)
    assert not stays_within(fewest, best, "cost", 0.01)
    first, levels = sheets(best, found, "cost", 0.02)
    proofs = [each.nl for each in first.frame["proof"]]
    assert all(each.startswith("Bewezen") and "hoogstens 2 %" in each for each in proofs)
    outside = proof(fewest, best, "cost", 0.01)
    assert "slechter dan de marge toelaat" in outside.text(Language.NL)
    less = [each.wish for each in found if each.is_less]
    at = 1 + less.index(LeastOf.FEWEST_LOCATIONS)
    cost = levels.frame[levels.frame["unit"] == "euro"].iloc[0]
    assert [161_000, 164_000] == [round(cost["plan_0"]), round(cost[f"plan_{at}"])]
    assert 1 + len(less) == sum(str(each).startswith("plan_") for each in levels.frame)


def test_what_gets_worse_and_better_for_it_is_told(book: Book) -> None:
    """With A and B the plan costs 161,000 euros, with C 164,000; all have a place."""
    best, found = alternatives(book, level="emergency", margin=0.02)
    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)

    told_of = otherwise(fewest, best, "emergency")

    assert told_of is not None
    assert "Daardoor slechter: kosten van 161.000 naar 164.000 euro." == told_of.text(Language.NL)
    assert otherwise(fewest, best, "cost") is None


def test_what_was_sought_among_some_plans_only_is_said(book: Book) -> None:
    best, found = alternatives(book, level="cost", margin=0.02)
    assert all(each.all_plans for each in found)
    some = [replace(each, all_plans=False) for each in found]

    held = proof(some[0], best, "cost", 0.02)
    first, *_, last = sentences(some, best, "cost")

    assert "vasthoudt wat het beste plan vasthoudt" in held.text(Language.NL)
    assert "kan zo niet" in first.text(Language.NL)
    assert "Dit is een groot plan" in last.text(Language.NL)


@pytest.mark.parametrize("wish", list(LeastOf))
@pytest.mark.parametrize("all_plans", [True, False])
def test_where_none_has_less_no_amount_less_is_told(
    book: Book, wish: LeastOf, *, all_plans: bool
) -> None:
    """As much as the bound, or more than it by less than is told of any unit."""
    best, found = alternatives(book, level="cost", margin=0.02)
    for apart, amount in itertools.product((0.0, 5e-7, 2e-5), (1.0, 2.0)):
        if apart * 100 > ROUNDING and wish is LeastOf.MOST_EVEN:
            continue
        least = replace(found[0], wish=wish, least=amount, in_best=3.0, all_plans=all_plans)
        nl, en = (
            proof(replace(least, bound=amount - apart), best, "cost", 0.02).text(language)
            for language in Language
        )
        assert "heeft er minder van." in nl
        assert "has less of it." in en
        assert "hoogstens 0" not in nl
    assert "1 locatie minder" in proof(
        replace(found[0], wish=LeastOf.FEWEST_DOL_SITES, least=3.0, bound=2.0), best, "cost", 0.02
    ).text(Language.NL)


def test_a_level_that_stays_as_it_is_is_not_told_as_so_much_worse(book: Book) -> None:
    best, found = alternatives(book, level="cost", margin=0.02)
    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)
    as_good = told(replace(fewest, given_up=0.0), "cost").text(Language.EN)

    assert "“cost” is no worse" in as_good
    equal = proof(replace(fewest, plan=best), best, "cost", 0.0).text(Language.EN)
    assert "“cost” and the levels before are no worse" in equal


def test_what_was_not_found_in_time_is_not_told_as_impossible(book: Book) -> None:
    best, found = alternatives(book, level="cost", margin=0.01)
    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_LOCATIONS)

    none_less_found = told(replace(fewest, bound=fewest.least), "cost").text(Language.NL)
    assert "kan binnen de marge niet minder" in none_less_found
    not_found = told(replace(fewest, bound=fewest.least - 1), "cost").text(Language.NL)
    assert "er is geen plan gevonden" in not_found
    assert not_found.endswith("en niet bewezen dat het er niet is; minder dan 1 kan niet.")
    nothing = replace(fewest, bound=0.0)
    assert told(nothing, "cost").text(Language.NL).endswith("kan zijn is niet bekend.")
    assert "minder van heeft is niet bekend" in proof(nothing, best, "cost", 0.01).text(Language.NL)
    late, sure = replace(fewest, bound=0.0), replace(fewest, bound=fewest.least)
    assert (False, True) == (is_known(late), is_known(sure))
    assert "alternatives.none_in_time" == none_less([sure, late]).key
    assert "alternatives.none_less" == none_less([sure]).key
    assert "alternatives.nothing" == none_less([]).key


def test_one_dearer_dol_part_takes_the_place_of_two_within_the_margin() -> None:
    """60 people in DOL: 30 in B and 30 in C, 60,000 euros; in A instead 60,600, 1 % more."""
    heads = ["Locatiecode", "Type", "Status", "Bedden", "DOL-bedden", "DOL minimale omvang"]
    places: Sequence[Sequence[Any]] = [
        [*heads, "Kosten per plaats per maand"],
        ["A", "azc", "open", 60, 60, 10, 1010],
        ["B", "azc", "open", 30, 30, 10, 1000],
        ["C", "azc", "open", 30, 30, 10, 1000],
    ]
    barred = ["barred"] * 6
    people = ["Groep", *KINDS, *EMERGENCY]
    parts: Mapping[str, Sequence[Sequence[Any]]] = {
        **SHEETS,
        "Locaties": places,
        "Bezetting": [["Peildatum", "Locatie", "Groep", "Personen"], [DAY, "B", "dublin", 0]],
        "Groepen": [people, ["dublin", *barred, "preferred", *["fallback"] * 3]],
        "Prognose": [["Scenario", "Maand", "Groep", "Personen"], ["middle", JULY, "dublin", 60]],
        "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1], ["dol_band_low", 0]],
    }

    _, found = alternatives(book_of(parts), level="cost", margin=0.02)

    (fewest,) = (each for each in found if each.wish is LeastOf.FEWEST_DOL_SITES)
    assert pytest.approx(2) == fewest.in_best
    assert pytest.approx(1) == fewest.least
    assert pytest.approx(0.01) == fewest.given_up
