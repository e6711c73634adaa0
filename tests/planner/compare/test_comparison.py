"""Plans side by side: what differs, from their workbooks alone and as they were just made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner import api
from planner.compare import verbs
from planner.compare.theme import figures, plan_column
from planner.compare.verbs import PlanOfBook
from planner.core.errors import UnusableInputError
from planner.core.texts import Language, message
from planner.input.book import Book
from planner.input.edits import AddRow, DropRow, Edit, SetCell, apply
from tests.compared import DIGITS, EMOJI, LONG, NAMES
from tests.tables import table_rows

Plans = Mapping[str, PlanOfBook]


def planned(book: Book, name: str = "other") -> PlanOfBook:
    plan = api.plan(book, options=api.PlanOptions(trials=0))
    return verbs.PlanOfBook(name, book, plan)


def row_of(book: Book, location: str) -> int:
    ids = book.frame("locations")["id"]
    return int(ids.index[ids == location][0])


def inputs(*plans: PlanOfBook) -> pd.DataFrame:
    return verbs.compare(plans).themes["inputs"].frame


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_compared_with_itself_is_empty(made: Plans, name: str) -> None:
    comparison = verbs.compare([made[name], made[name]])

    assert comparison.empty
    assert [] == [key for key, each in comparison.themes.items() if len(each.differing)]
    (told,) = verbs.sentences(comparison)["sentence"]
    assert f"Differs nowhere from {name}." == told.text(Language.EN)


def test_a_plan_read_from_its_workbook_is_the_plan_that_was_made(
    made: Plans, files: tuple[Path, ...]
) -> None:
    for plan, read in zip(made.values(), verbs.plans_of(files), strict=True):
        assert plan.name == read.name
        assert verbs.compare([plan, read]).empty


def test_what_a_scenario_changes_is_what_differs_in_the_input(made: Plans, book: Book) -> None:
    frame = inputs(made["middle"], made[EMOJI])
    shown = frame[["table_key", "key", "column_key", "plan_0", "plan_1"]].to_numpy().tolist()

    assert [
        ["locations", "L15", "open_until", pd.Timestamp(2026, 10, 31).date()],
        ["parameters", "dol_growth_per_month", "value", 12],
    ] == [each[:4] for each in shown]
    assert [pd.Timestamp(2027, 4, 30).date(), 6] == [each[4] for each in shown]
    for each in table_rows(frame):
        sheet = book.tables[each.table_key]
        assert (sheet.name, sheet.address(each.row, each.column_key)) == (each.sheet, each.cell)


def test_another_notation_of_the_same_is_no_difference(made: Plans, book: Book) -> None:
    row = row_of(book, "L20")
    beds = book.cell("locations", row, "beds")
    edits = [
        SetCell("locations", row, "beds", f"{beds:.0f} "),
        SetCell("locations", row, "name", "2026"),
    ]
    written, _ = apply(book, edits)
    again = planned(written, "again")

    assert ["name"] == inputs(made["middle"], again)["column_key"].tolist()


def test_the_forecast_that_was_used_differs_and_not_the_others(book: Book, made: Plans) -> None:
    plan = api.plan(book, "high", options=api.PlanOptions(trials=0))
    frame = inputs(made["middle"], verbs.PlanOfBook("high", book, plan))

    assert {"inflow"} == set(frame["table_key"])
    assert not frame["key"].str.contains("high|middle").any()
    assert (frame["difference_1"] == frame["plan_1"] - frame["plan_0"]).all()


def test_locations_that_came_and_went_are_shown_as_such(made: Plans, book: Book) -> None:
    gone = row_of(book, "L19")
    cells = {
        str(name): book.cell("locations", gone, str(name))
        for name in book.frame("locations").columns
    }
    occupancy = book.frame("occupancy")
    last = int(book.frame("locations").index.max())
    edits: list[Edit] = [
        DropRow("locations", gone),
        *(
            DropRow("occupancy", int(row))
            for row in occupancy.index[occupancy["location"] == "L19"]
        ),
        AddRow("locations", last + 1, {**cells, "id": "2026", "name": "nieuw 🏠"}),
    ]
    other = planned(apply(book, edits)[0])
    comparison = verbs.compare([made["middle"], other])
    frame = comparison.themes["inputs"].frame
    whole = frame[(frame["table_key"] == "locations") & (frame["column_key"] == "")]
    there, absent = (message(f"compare.row.{each}").both for each in ("there", "absent"))

    assert [["L19", there, absent], ["2026", absent, there]] == whole[
        ["key", "plan_0", "plan_1"]
    ].to_numpy().tolist()
    places = comparison.themes["places"].frame
    assert places.loc[places["location"] == "L19", "plan_1"].isna().all()
    assert places.loc[places["location"] == "2026", "plan_0"].isna().all()
    told = " ".join(each.text(Language.EN) for each in verbs.sentences(comparison)["sentence"])
    assert "no longer there (1): L19." in told
    assert "new (1): 2026." in told


@pytest.mark.parametrize("theme", ["shortfalls_rule", "shortfalls_province", "shortfalls_location"])
def test_shortfalls_add_up_to_those_of_the_plans(made: Plans, theme: str) -> None:
    chosen = [made["middle"], made[LONG]]
    frame = verbs.compare(chosen).themes[theme].frame
    for number, plan in enumerate(chosen):
        table = plan.tables["shortfalls"]
        for rule, shown in frame.groupby("rule")[f"plan_{number}"].sum().items():
            own = table[table["rule"] == rule]
            if theme == "shortfalls_location":
                own = own[own["location"].notna()]
            if theme != "shortfalls_province":
                assert pytest.approx(own["amount"].sum()) == shown
            else:
                assert shown <= own["amount"].sum() + 1e-6


def test_what_no_reader_is_shown_is_no_difference(made: Plans) -> None:
    """Of three differences only that of a hundredth of a person-month is one."""
    chosen = [made["middle"], made[LONG]]
    columns = ["rule", "amount"]
    base = pd.DataFrame([["rounding", 0.0], ["shown", 0.0], ["large", 7_000.0]], columns=columns)
    other = pd.DataFrame(
        [["rounding", 2.4e-6], ["shown", 0.01], ["large", 7_000.00002]], columns=columns
    )

    theme = figures("shortfalls_rule", chosen, [base, other], ("rule",), "amount")

    assert ["shown"] == theme.differing["rule"].tolist()
    assert [0.0, 0.01, 0.0] == theme.frame["difference_1"].tolist()


def test_figures_by_month_are_those_of_the_plans(made: Plans) -> None:
    chosen = [made["middle"], made[EMOJI]]
    themes = verbs.compare(chosen).themes
    for number, plan in enumerate(chosen):
        name = verbs.plan_column(number)
        people = themes["people"].frame
        assert pytest.approx(plan.tables["placement"]["people"].sum()) == people[name].sum()
        dol = themes["dol"].frame
        prepared = dol[dol["series"] == "dol.prepared"][name].sum()
        assert pytest.approx(plan.tables["dol"]["prepared"].sum()) == prepared


def test_dol_places_that_are_fitted_out_are_compared_as_plans_tell_them(made: Plans) -> None:
    names = list(made)
    shares, other = made[names[0]], made[names[1]]
    told = {**shares.provenance, "whole": "true"}
    whole = replace(shares, plan=replace(shares.plan, provenance=told))
    for plan, digits in ((shares, 1), (whole, 0)):
        exact = plan.tables["decisions"]
        parts = exact.loc[exact["decision"].eq("prepare_dol"), "value"]
        assert parts.tolist() != parts.round(digits).tolist()
        frame = verbs.compare((plan, other)).themes["decisions"].frame
        found = frame.loc[frame["decision"].eq("prepare_dol"), plan_column(0)]
        assert len(parts) == (found > 0).sum()
        assert found.round(digits).tolist() == found.tolist()


def test_a_waterfall_leads_from_one_cost_to_the_other(made: Plans) -> None:
    comparison = verbs.compare([made["middle"], made[EMOJI]])
    fall = verbs.waterfall(comparison, 1)

    assert fall.steps
    assert pytest.approx(fall.end[1]) == fall.start[1] + sum(step for _, step in fall.steps)


def test_rules_that_began_and_ceased_to_bind_are_told(made: Plans) -> None:
    theme = verbs.compare([made["middle"], made[LONG], made[DIGITS]]).themes["rules"]
    for number, name in enumerate(("middle", LONG, DIGITS)):
        short = set(made[name].tables["shortfalls"]["rule"])
        bind = set(theme.frame.loc[[bool(b) for b in theme.frame[f"plan_{number}"]], "rule"])
        assert short <= bind
    columns = theme.differing[["plan_0", "plan_1", "plan_2"]]
    assert all(len(set(each)) > 1 for each in columns.to_numpy().tolist())


def test_only_plans_can_be_compared_and_at_least_two_of_them(
    made: Plans, book: Book, tmp_path: Path
) -> None:
    api.save_book(tmp_path / "input.xlsx", book, Language.NL)
    with pytest.raises(UnusableInputError, match="no plan"):
        verbs.load_plan(tmp_path / "input.xlsx")
    for count in (0, 1, verbs.MOST_PLANS + 1):
        with pytest.raises(UnusableInputError, match=f"not {count}"):
            verbs.enough(count)
        with pytest.raises(ValueError, match=f"not {count}"):
            verbs.compare([made["middle"]] * count)


def test_plans_of_the_same_name_are_told_apart_by_their_files(files: tuple[Path, ...]) -> None:
    one, other = verbs.plans_of([files[0], files[0]])
    assert one.name != other.name
    assert all("middle" in each and "plan 0" in each for each in (one.name, other.name))
