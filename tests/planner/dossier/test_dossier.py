"""A dossier says whether it is whole, and gives the same figures when it is planned again."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.input.edits import SetCell, apply

EN = ["--language", "en"]


@pytest.fixture
def dossier(plan: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "dossier"
    assert 0 == run(["dossier", str(plan), "--out", str(folder), "--quiet"])
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    return read


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_it_names_every_file_with_its_hash_and_holds_the_plan_as_it_was(
    plan: Path, dossier: Path
) -> None:
    parts = manifest(dossier)["parts"]
    assert isinstance(parts, list)
    assert {each["name"] for each in parts} == {
        file.name for file in dossier.iterdir() if file.name != "dossier.json"
    }
    for each in parts:
        content = (dossier / each["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
    assert plan.read_bytes() == (dossier / "plan.xlsx").read_bytes()


def test_its_input_is_the_input_of_the_plan_without_results(plan: Path, dossier: Path) -> None:
    book = api.open_workbook(dossier / "input.xlsx")

    assert "Plaatsing" not in {sheet.name for sheet in book.sheets}
    assert (
        api.usable(api.open_workbook(plan)).fingerprint
        == api.usable(book).fingerprint
        == manifest(dossier)["plan"]["fingerprint"]
    )


def test_it_tells_who_changed_which_parameter_from_which_supplied_value(dossier: Path) -> None:
    (norm,) = (each for each in rows(dossier / "parameters.csv") if each["changed"] == "yes")

    assert ("occupancy_norm", "0.95", "0.91") == (
        norm["parameter"],
        norm["value"],
        norm["supplied"],
    )
    assert "Parameters!B2" == norm["changed_in"]
    assert "afdeling Planning, brief van 01-06-2026" in norm["who_why"]


def test_it_tells_what_was_chosen_by_whom_and_what_the_plan_decided(dossier: Path) -> None:
    chosen = {(each["sort"], each["what"], each["location"]): each for each in
              rows(dossier / "choices.csv")}  # fmt: skip

    pinned = chosen["pinned", "open", "L3"]
    assert ("regio Oost", "toegezegd aan de gemeente") == (pinned["who"], pinned["why"])
    assert "1.0" == chosen["decided by the plan", "open", "L3"]["value"]


def test_a_whole_dossier_gives_the_same_figures(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == run(["dossier", "--check", str(dossier), *EN])

    told = capsys.readouterr().out
    assert "The dossier is whole: 8 files" in told
    assert "all 12 levels and all figures are the same" in told


def test_a_zip_holds_the_same_files(plan: Path, dossier: Path, tmp_path: Path) -> None:
    packed = tmp_path / "dossier.zip"
    assert 0 == run(["dossier", str(plan), "--out", str(packed), "--quiet"])

    with zipfile.ZipFile(packed) as archive:
        assert set(archive.namelist()) == {file.name for file in dossier.iterdir()}
    assert 0 == run(["dossier", "--check", str(packed), "--no-repeat", "--quiet"])


def remove(folder: Path) -> None:
    (folder / "rules.json").unlink()


def change(folder: Path) -> None:
    (folder / "parameters.csv").write_text("parameter,value\n", encoding="utf-8")


def of_another_layout(folder: Path) -> None:
    record = manifest(folder) | {"layout": 2}
    (folder / "dossier.json").write_text(json.dumps(record), encoding="utf-8")


def cut_off(folder: Path) -> None:
    content = (folder / "dossier.json").read_bytes()
    (folder / "dossier.json").write_bytes(content[: len(content) // 2])


def without_parts(folder: Path) -> None:
    record = manifest(folder)
    del record["parts"]
    (folder / "dossier.json").write_text(json.dumps(record), encoding="utf-8")


def without_manifest(folder: Path) -> None:
    (folder / "dossier.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (remove, "rules.json is missing"),
        (change, "parameters.csv was changed: SHA-256 was"),
        (of_another_layout, "this dossier has layout 2; this version knows layout 1"),
        (cut_off, "dossier.json is damaged"),
        (without_parts, "dossier.json is damaged"),
        (without_manifest, "holds no dossier: dossier.json is missing"),
    ],
)
def test_a_dossier_that_is_not_whole_is_told_in_a_sentence(
    dossier: Path,
    spoil: Callable[[Path], None],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(dossier)

    assert 2 == run(["dossier", "--check", str(dossier), *EN])

    said = capsys.readouterr()
    assert told in said.out + said.err
    assert "Planned again" not in said.out


def test_what_is_no_zip_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "some.zip").write_bytes(b"PK\x03\x04 and then nothing")

    assert 2 == run(["dossier", "--check", str(tmp_path / "some.zip"), *EN])
    assert 2 == run(["dossier", "--check", str(tmp_path / "none"), *EN])

    told = capsys.readouterr().err
    assert "cannot be read as a dossier" in told
    assert "does not exist" in told


def test_a_dossier_of_another_version_says_that_figures_can_differ(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = manifest(dossier)
    record["made_by"]["opvangplan"] = "0.1.0"
    (dossier / "dossier.json").write_text(json.dumps(record), encoding="utf-8")

    assert 0 == run(["dossier", "--check", str(dossier), "--no-repeat", *EN])

    assert "made with Opvangplan 0.1.0" in capsys.readouterr().err


def test_figures_that_come_out_otherwise_are_named(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Another input whose hash is right: what a forger of a dossier would make.
    folder = tmp_path / "forged"
    assert 0 == run(["dossier", str(plan), "--out", str(folder), "--quiet"])
    book = api.open_workbook(folder / "input.xlsx")
    edited, _ = apply(book, (SetCell("forecast", 2, "people", 130),))
    api.save_book(folder / "input.xlsx", edited, Language.NL)
    record = manifest(folder)
    for part in record["parts"]:
        content = (folder / part["name"]).read_bytes()
        part["sha256"] = hashlib.sha256(content).hexdigest()
    (folder / "dossier.json").write_text(json.dumps(record), encoding="utf-8")
    capsys.readouterr()

    assert 1 == run(["dossier", "--check", str(folder), *EN])

    told = capsys.readouterr().out
    assert "demand · men · 2026-07 · people: was 140, is 130 now" in told
    assert "figures differ" in told


@pytest.mark.parametrize(
    "asked",
    [[], ["--out", "d"], ["--check", "d", "--out", "e"]],
)
def test_making_or_checking_is_asked_for(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == run(["dossier", *asked, *EN])
    assert "name a plan with --out DIR|ZIP, or a dossier with --check" in capsys.readouterr().err


def test_nothing_of_the_users_is_overwritten(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")

    assert 2 == run(["dossier", str(plan), "--out", str(full), *EN])
    assert 2 == run(["dossier", str(plan), "--out", str(full), "--overwrite", *EN])
    assert 2 == run(["dossier", str(plan), "--out", str(tmp_path / "d.xlsx"), *EN])

    told = capsys.readouterr().err
    assert "holds files that are no dossier" in told
    assert "d.xlsx is no folder and no .zip" in told
    assert ["mine.txt"] == [each.name for each in full.iterdir()]


def test_a_workbook_without_a_plan_has_no_dossier(
    dossier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "none"

    assert 2 == run(["dossier", str(dossier / "input.xlsx"), "--out", str(out), *EN])

    assert not out.exists()
    assert "input.xlsx holds no plan" in capsys.readouterr().err
