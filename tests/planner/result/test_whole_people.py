"""Whole people and places: totals right, nobody beyond the beds, and the planned numbers kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import openpyxl
import pandas as pd
import pytest

from planner import api
from planner.core.texts import Language
from planner.input.kinds import Ground
from planner.planning import PlanOptions
from planner.result import load_plan
from planner.result.plan import Plan
from planner.result.rounding import Margins, RoundedCell, apportioned, rounded_table
from planner.result.whole_people import as_planned, in_whole, with_planned
from planner.sheets.result_table import planned_key
from planner.verify import ClaimedPlan, verify

JUL = dt.date(2026, 7, 1)


def test_the_largest_remainders_are_rounded_up() -> None:
    # 4.0 people in all: 1 + 0 + 1 below, and two more for the remainders .7 and .7.
    assert {"a": 2, "b": 0, "c": 2} == apportioned({"a": 1.7, "b": 0.6, "c": 1.7})


def test_equal_remainders_do_not_hang_on_the_order() -> None:
    values = {"b": 0.5, "a": 0.5, "c": 1.0}
    assert {"a": 1, "b": 0, "c": 1} == apportioned(values)
    assert apportioned(values) == apportioned(dict(reversed(values.items())))


def test_a_least_and_a_most_are_kept_where_the_sum_must_give_way() -> None:
    assert {"a": 3, "b": 1} == apportioned({"a": 2.4, "b": 1.6}, least={"a": 3})
    assert {"a": 3, "b": 1} == apportioned({"a": 2.4, "b": 1.6}, most={"b": 1})
    assert {"a": 3, "b": 2} == apportioned({"a": 2.4, "b": 1.6}, least={"a": 3, "b": 2})


def test_nobody_is_a_whole_one_away_where_others_cannot_go_up() -> None:
    # 21 in all, but neither b nor c may go up; a is 20 and stays so, and the sum gives way.
    assert {"a": 20, "b": 0, "c": 0} == apportioned(
        {"a": 20.0, "b": 0.6, "c": 0.4}, most={"b": 0, "c": 0}
    )


def test_kinds_that_are_told_together_add_up_to_their_rounded_sum() -> None:
    # 1.8 in tents and 4.2 in centres: 2 and 4. By the largest remainders both tents would go down,
    # for in each group the centre has the larger part: 1.6 and 0.4, 1.6 and 0.4, 1.0 and 1.0.
    tents = [("east", "tent"), ("west", "tent")]
    cells = [
        RoundedCell("men", ("north", "regular"), "north", 1.6),
        RoundedCell("men", ("east", "tent"), "east", 0.4),
        RoundedCell("women", ("south", "regular"), "south", 1.6),
        RoundedCell("women", ("west", "tent"), "west", 0.4),
        RoundedCell("permits", ("north", "regular"), "north", 1.0),
        RoundedCell("permits", ("east", "tent"), "east", 1.0),
    ]
    rows = {"men": 2, "women": 2, "permits": 2}
    apart = rounded_table(cells, Margins(rows))
    together = rounded_table(cells, Margins(rows, [tents]))
    in_tents = [at for at, cell in enumerate(cells) if cell.column in tents]
    assert 1 == sum(apart[at] for at in in_tents)
    assert 2 == sum(together[at] for at in in_tents)
    assert 2 == together[0] + together[1] == together[2] + together[3]


def test_a_column_does_not_pass_what_it_is_for() -> None:
    # 2.1 people in a part for two: the other location takes the rest.
    cells = [
        RoundedCell("men", ("north", "dol"), "north", 1.4),
        RoundedCell("men", ("south", "dol"), "south", 0.2),
        RoundedCell("women", ("north", "dol"), "north", 0.7),
        RoundedCell("women", ("south", "dol"), "south", 0.7),
    ]
    rows = {"men": 2, "women": 1}
    counts = rounded_table(cells, Margins(rows, most={("north", "dol"): 2.0}))
    assert 2 == counts[0] + counts[2]
    assert 1 == counts[1] + counts[3]


def test_where_all_places_of_a_group_are_full_another_is_rounded_up_in_its_stead() -> None:
    """190 places hold 94.1 and 95.9; both rounded up are 191, so the men are 11, the first 94."""
    cells = [
        RoundedCell("family", ("south", "dol"), "south", 94.1),
        RoundedCell("single", ("south", "dol"), "south", 95.9),
        RoundedCell("men", ("north", "regular"), "north", 10.4),
    ]
    counts = rounded_table(cells, Margins({"family": 95, "single": 96, "men": 10}))
    assert [94, 96, 11] == counts


def test_a_table_is_rounded_to_both_its_margins() -> None:
    # Two groups, two locations of one bed each that are full: one of each group must be at each.
    cells = [
        RoundedCell(group, (location, "regular"), location, 0.5)
        for group in ("men", "women")
        for location in ("north", "south")
    ]
    counts = rounded_table(cells, Margins({"men": 1, "women": 1}))
    by = {(cell.row, cell.block): count for cell, count in zip(cells, counts, strict=True)}
    assert 1 == by["men", "north"] + by["women", "north"]
    assert 1 == by["men", "north"] + by["men", "south"]
    assert 1 == by["women", "north"] + by["women", "south"]


@pytest.mark.parametrize("seed", range(60))
def test_tables_by_chance_keep_their_margins_and_their_room(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test's cases
    cells = [
        RoundedCell(
            f"g{row}", (f"l{block}", kind), f"l{block}", chance.choice((0.0, chance.random() * 9))
        )
        for row in range(chance.randint(1, 6))
        for block in range(chance.randint(1, 7))
        for kind in ("regular", "dol")[: chance.randint(1, 2)]
    ]
    rows = {cell.row: 0.0 for cell in cells}
    for cell in cells:
        rows[cell.row] += cell.value
    margins = apportioned(rows)
    counts = rounded_table(cells, Margins(margins))

    for cell, count in zip(cells, counts, strict=True):
        assert abs(count - cell.value) < 1
    for name, margin in margins.items():
        assert margin == sum(c for cell, c in zip(cells, counts, strict=True) if cell.row == name)
    for part in ("column", "block"):
        for key in {getattr(cell, part) for cell in cells}:
            inside = [
                (cell.value, count)
                for cell, count in zip(cells, counts, strict=True)
                if getattr(cell, part) == key
            ]
            planned, shown = map(sum, zip(*inside, strict=True))
            assert shown < planned + 1
            if part == "block":
                assert shown > planned - 1


@pytest.fixture(scope="module")
def made() -> Plan:
    return api.plan(
        api.open_demo("small"), "three_municipalities_refuse",
        options=PlanOptions(whole=True, trials=0),
    )  # fmt: skip


def test_every_group_and_month_adds_up_to_its_people(made: Plan) -> None:
    shown = in_whole(made.tables)
    demand = shown["demand"].set_index(["group", "month"])["people"]
    placed = shown["placement"].groupby(["group", "month"])["people"].sum()
    short = shown["shortfalls"]
    missing = short[short["rule"] == "everyone_placed"].set_index(["group", "month"])["amount"]
    assert missing.sum() > 0
    left = demand - placed.reindex(demand.index, fill_value=0)
    assert 0 == (left - missing.reindex(demand.index, fill_value=0)).abs().max()
    # And every month to everyone, rounded once.
    everyone = made.tables["demand"].groupby("month")["people"].sum().round()
    assert everyone.tolist() == demand.groupby("month").sum().tolist()


def test_a_shortfall_of_who_is_in_emergency_reception_is_shown_as_the_people_there(
    made: Plan,
) -> None:
    shown = in_whole(made.tables, made.ground)
    place = ["location", "kind", "month"]
    living, rows = shown["placement"], shown["shortfalls"]
    applies = living["group"].map(made.ground) == Ground.APPLICANT
    for rule, mine in (("emergency_places", applies), ("emergency_others", ~applies)):
        people = living[mine].groupby(place)["people"].sum()
        short = rows[rows["rule"] == rule].set_index(place)["amount"]
        assert not short.empty
        assert short.tolist() == people.reindex(short.index).tolist()


def test_nobody_is_shown_beyond_the_places_nor_a_place_beyond_the_beds(made: Plan) -> None:
    shown = in_whole(made.tables)
    places = shown["places"].set_index(["location", "kind", "month"])["places"]
    people = shown["placement"].groupby(["location", "kind", "month"])["people"].sum()
    assert (people <= places.reindex(people.index)).all()
    used = places.groupby(["location", "month"]).sum()
    beds = shown["places"].groupby(["location", "month"])["beds"].max()
    assert (used <= beds).all()
    dol = shown["dol"]
    assert (dol["people"] <= dol["in_use"]).all()
    assert (dol["in_use"] <= dol["prepared"]).all()


def test_the_order_of_the_rows_does_not_change_the_numbers(made: Plan) -> None:
    turned = {name: frame.iloc[::-1] for name, frame in made.tables.items()}
    for name, frame in in_whole(made.tables).items():
        assert frame.equals(in_whole(turned)[name].sort_index()), name


def test_a_workbook_has_whole_numbers_and_reads_back_as_planned(made: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, api.open_demo("small"), made, Language.NL)

    shown = in_whole(made.tables)
    sheet = openpyxl.load_workbook(path)["Plaatsing"]
    header = next(
        row for row in sheet.iter_rows(max_row=10) if any(c.value == "Personen" for c in row)
    )
    at = next(cell for cell in header if cell.value == "Personen")
    written = [sheet.cell(row, at.column).value for row in range(at.row + 1, sheet.max_row + 1)]
    assert shown["placement"]["people"].tolist() == written
    assert all(isinstance(each, int | float) and each % 1 == 0 for each in written)
    # The planned numbers stand beside, and the program's own keys: both hidden.
    planned = next(each for each in header if each.value == "Personen, niet afgerond")
    assert sheet.column_dimensions[planned.column_letter].hidden

    loaded = load_plan(path)
    for name, columns in (("placement", ["people"]), ("dol", ["prepared", "in_use", "people"])):
        for column in columns:
            assert loaded.plan.tables[name][column].tolist() == pytest.approx(
                made.tables[name][column].tolist(), abs=1e-12
            )
    assert () == loaded.breaches


def test_a_whole_number_that_is_changed_is_found(made: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, api.open_demo("small"), made, Language.NL)
    book = openpyxl.load_workbook(path)
    sheet = book["Plaatsing"]
    people = next(
        cell for row in sheet.iter_rows(max_row=10) for cell in row if cell.value == "Personen"
    )
    cell = next(
        cell
        for (cell,) in sheet.iter_rows(
            min_row=people.row + 1, min_col=people.column, max_col=people.column
        )
        if isinstance(cell.value, int | float) and cell.value > 5
    )
    assert isinstance(cell.value, int | float)
    cell.value = cell.value + 1
    book.save(path)

    assert load_plan(path).breaches


def test_a_plan_in_fractions_is_written_as_it_is() -> None:
    made = api.plan(api.open_demo("small"), options=PlanOptions(trials=0))
    frames = {each.table.key: each.frame for each in api.result_sheets(api.shown(made))}
    assert made.tables["placement"]["people"].tolist() == frames["placement"]["people"].tolist()


def test_the_planned_numbers_stand_beside_their_own_rows() -> None:
    planned = pd.DataFrame({"group": ["a", "b"], "month": JUL, "people": [1.4, 2.6]})
    turned = pd.DataFrame({"group": ["b", "a"], "month": JUL, "people": [3.0, 1.0]}, index=[1, 0])
    beside = with_planned("demand", turned, {"demand": planned})
    assert [2.6, 1.4] == beside["people_planned"].tolist()


def test_the_verifier_sees_the_numbers_that_were_planned(made: Plan) -> None:
    case = api.usable(api.open_demo("small"), "three_municipalities_refuse")
    levels = {each.name: each.value for each in made.levels}
    whole = dict(in_whole(made.tables))
    assert verify(case, ClaimedPlan(made.scenario, levels, whole, whole=True))
    assert () == verify(case, ClaimedPlan(made.scenario, levels, dict(made.tables), whole=True))


def test_who_is_in_a_dol_part_may_be_a_sum_of_groups_rounded_the_same_way() -> None:
    # 55.52 and 64.48 are 120 people, shown as 55 and 64: the part is shown with 119, and one bed
    # more without anybody. That is rounding, and what was planned is read back.
    rows = {"location": ["L1"], "month": [JUL]}
    shown = pd.DataFrame(
        rows | {"prepared": [120.0], "in_use": [120.0], "people": [119.0], "idle": [1.0]}
    )
    planned = {"prepared": 120.0, "in_use": 120.0, "people": 120.0, "idle": 0.0}
    beside = shown.assign(**{planned_key(key): value for key, value in planned.items()})
    nobody = pd.DataFrame({"group": [], "month": [], "people": [], "rule": [], "amount": []})
    tables = {"dol": beside, "placement": nobody, "demand": nobody, "shortfalls": nobody}
    assert planned == as_planned(tables)["dol"].iloc[0][list(planned)].to_dict()
