"""A plan as one schema: every field told, every key unique, every code found in its dimension."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.planning import PlanOptions

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
        for field in numbers:
            pd.to_numeric(frames[name][field["name"]])
        key = each["schema"].get("primaryKey", [])
        assert not key or not frames[name].duplicated(key).any(), name
        for foreign in each["schema"].get("foreignKeys", []):
            to = foreign["reference"]
            known = {*frames[to["resource"]][to["fields"]].itertuples(index=False, name=None)}
            used = {*frames[name][foreign["fields"]].itertuples(index=False, name=None)}
            assert {row for row in used if any(row)} <= known, (name, foreign)


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


def test_plans_side_by_side_stand_in_the_same_tables(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, other = demo / "plan.xlsx", tmp_path / "low.xlsx"
    book = api.open_workbook(demo / "demo.xlsx")
    api.save_plan(other, book, api.plan(book, "low", options=PlanOptions(trials=0)), Language.NL)
    folder = tmp_path / "both"
    command = ["export", str(first), "--package", "--also"]
    assert 0 == run([*command, str(other), "--out", str(folder)])
    described, frames = read(folder)
    assert sorted(frames["plans"]["scenario"]) == ["low", "middle"]
    key = described["placement"]["schema"]["primaryKey"]
    assert key[:2] == ["plan", "scenario"]
    assert not frames["placement"].duplicated(key).any()
    assert set(frames["levels"]["scenario"]) == {"low", "middle"}
    assert not frames["locations"].duplicated("location").any()
    capsys.readouterr()
    assert 2 == run([*command, str(first), "--out", str(tmp_path / "twice")])
    assert "staat er al in" in capsys.readouterr().err
