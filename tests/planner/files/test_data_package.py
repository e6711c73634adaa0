"""A plan as one schema: every field told, every key unique, every code found in its dimension."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.planning import PlanOptions
from tests.planner.files.data_package_rules import faults_of

Described = dict[str, Any]


def read(folder: Path) -> tuple[dict[str, Described], dict[str, pd.DataFrame]]:
    """The tables of a package, by name: as described, and as they stand, texts as texts."""
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described = {each["name"]: each for each in told["resources"]}
    frames = {
        name: pd.read_csv(folder / each["path"], dtype=str, keep_default_na=False)
        for name, each in described.items()
    }
    return described, frames


@pytest.fixture(params=["--package", "--small-numbers"])
def package(demo: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "package"
    assert 0 == run(["export", str(demo / "plan.xlsx"), "--out", str(folder), request.param])
    return folder


def test_the_schema_describes_every_field_and_every_code_is_found(package: Path) -> None:
    described, frames = read(package)
    files = {each.name for each in package.iterdir()} - {"datapackage.json"}
    assert files == {each["path"] for each in described.values()}
    for name, each in described.items():
        fields = each["schema"]["fields"]
        assert list(frames[name].columns) == [field["name"] for field in fields], name
        assert all(field["title"] and field["description"] for field in fields), name
        numbers = [field for field in fields if field["type"] == "number"]
        assert all(field["unit"] for field in numbers), name
    assert [] == faults_of(package)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("fields", 0, "type"), "sort"),
        (("primaryKey", 2), "month"),
        (("foreignKeys", 1, "reference", "resource"), "nowhere"),
    ],
)
def test_the_rules_of_the_standard_find_a_wrong_description(
    package: Path, change: tuple[str | int, ...], fault: str
) -> None:
    file = package / "datapackage.json"
    told = json.loads(file.read_text("utf-8"))
    part = told["resources"][0]["schema"]
    *way, last = change
    for each in way:
        part = part[each]
    part[last] = fault
    file.write_text(json.dumps(told), "utf-8")
    assert faults_of(package)


def test_what_leaves_the_house_tells_no_small_number_and_right_totals(
    demo: Path, tmp_path: Path
) -> None:
    for form in ("--package", "--small-numbers"):
        assert 0 == run(["export", str(demo / "plan.xlsx"), "--out", str(tmp_path / form), form])
    _, whole = read(tmp_path / "--package")
    _, some = read(tmp_path / "--small-numbers")
    assert {"moves", "demand", "places", "dol"}.isdisjoint(some)
    assert "cost" not in some["decisions"].columns
    told = some["placement"][some["placement"]["people"] != ""]
    assert pd.to_numeric(told["people"]).min() >= 5
    assert {"True", "False"} == set(some["placement"]["withheld"])
    sums: dict[str, float] = {}
    for month, count in whole["placement"][["month", "people"]].itertuples(index=False):
        sums[month] = sums.get(month, 0.0) + float(count)
    totals = some["placement_by_month"][["month", "people"]].itertuples(index=False)
    assert sums == {month: float(count) for month, count in totals}


def test_a_bound_below_1_is_refused(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [
        "export",
        str(demo / "plan.xlsx"),
        "--out",
        str(tmp_path / "x"),
        "--small-numbers",
        "0",
    ]
    assert 2 == run(given)
    assert "--small-numbers" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


@pytest.fixture(scope="module")
def low(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario of few arrivals of the small demo, planned."""
    file = tmp_path_factory.mktemp("low") / "low.xlsx"
    book = api.open_workbook(demo / "demo.xlsx")
    api.save_plan(file, book, api.plan(book, "low", options=PlanOptions(trials=0)), Language.NL)
    return file


def test_plans_side_by_side_stand_in_the_same_tables_with_what_differs(
    demo: Path, low: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", str(demo / "plan.xlsx"), "--package", "--also"]
    folder = tmp_path / "both"
    assert 0 == run([*command, str(low), "--out", str(folder)])
    assert [] == faults_of(folder)
    _, frames = read(folder)
    assert ["low", "middle"] == sorted(frames["plans"]["scenario"])
    assert {"low", "middle"} == set(frames["levels"]["scenario"])
    # Each level that differs, and no other: this plan less the base.
    levels = frames["levels"].set_index(["scenario", "name"])["value"].astype(float)
    less = {
        name: levels["low", name] - levels["middle", name]
        for name in frames["levels"]["name"].unique()
        if levels["low", name] != levels["middle", name]
    }
    told = frames["differences"]
    assert {"low"} == set(told["scenario"])
    assert {"middle"} == set(told["base_scenario"])
    own = told[told["subject"] == "levels"].set_index("name")["difference"].astype(float)
    assert less == pytest.approx(own.to_dict(), abs=2e-6)
    assert told["unit"].all()
    # The scenario plans from fewer arrivals, and from nothing else.
    assert {"inflow"} == set(frames["input_differences"]["table"])
    capsys.readouterr()
    assert 2 == run([*command, str(demo / "plan.xlsx"), "--out", str(tmp_path / "twice")])
    assert "staat er al in" in capsys.readouterr().err


def test_who_moves_has_each_place_they_may_go_to_in_a_row_of_its_own(package: Path) -> None:
    described, frames = read(package)
    if "moves" not in described:  # not in what leaves the house
        return
    assert "to" not in frames["moves"].columns
    assert not frames["moves_to"]["to"].str.contains(";").any()
    of = ["location", "group", "month"]
    moved = {*frames["moves"][of].itertuples(index=False, name=None)}
    assert {*frames["moves_to"][of].itertuples(index=False, name=None)} <= moved


def test_plans_side_by_side_for_outside_tell_no_small_number(
    demo: Path, low: Path, tmp_path: Path
) -> None:
    plans = [str(demo / "plan.xlsx"), str(low)]
    out, page = tmp_path / "out.xlsx", tmp_path / "page.pdf"
    files = ["--out", str(out), "--report", str(page)]
    assert 2 == run(["compare", *plans, *files, "--small-numbers", "--regret"])
    assert 0 == run(["compare", *plans, *files, "--small-numbers", "20"])
    assert page.exists()

    book = openpyxl.load_workbook(out)
    assert ["Besluiten", "Personen per groep", "Personen per locatie"] == book.sheetnames
    for name in book.sheetnames[1:]:
        rows = list(book[name].iter_rows(values_only=True))
        at = next(each for each, row in enumerate(rows) if "Personen" in row)
        people, hidden = (rows[at].index(each) for each in ("Personen", "Weggelaten"))
        counts = [row[people] for row in rows[at + 1 :]]
        told = [each for each in counts if isinstance(each, int | float)]
        assert told
        assert min(each for each in told if each) >= 20
        assert [each is None for each in counts] == [row[hidden] == "ja" for row in rows[at + 1 :]]
    titles = {cell for row in book["Besluiten"].iter_rows(values_only=True) for cell in row}
    assert not any("Kosten" in str(each) for each in titles - {None} if len(str(each)) < 30)


def test_what_is_withheld_of_one_plan_is_withheld_of_each(
    demo: Path, low: Path, tmp_path: Path
) -> None:
    command = ["export", str(demo / "plan.xlsx"), "--small-numbers", "--also", str(low)]
    assert 0 == run([*command, "--out", str(tmp_path / "both")])
    assert [] == faults_of(tmp_path / "both")
    _, frames = read(tmp_path / "both")
    of = ["location", "kind", "group", "month"]
    placed = frames["placement"]
    hidden = {
        scenario: {*rows[rows["withheld"] == "True"][of].itertuples(index=False, name=None)}
        for scenario, rows in placed.groupby("scenario")
    }
    assert hidden["low"]
    assert hidden["low"] == hidden["middle"]
