"""Commands never write onto their own input, a colleague's file, or work that is there."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.files.owner_file import holder_of, owner_file, signature_file
from tests.small_plan import small_plan

if TYPE_CHECKING:
    from planner.result.plan import Plan

OLD_BOOT, GONE = "another-start", 2**22 + 7  # no process has a number above the most there can be


@pytest.fixture(scope="module")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    api.save_book(file, api.open_demo("small"), Language.NL)
    return file.read_bytes()


@pytest.fixture
def file(tmp_path: Path, demo_bytes: bytes) -> Path:
    path = tmp_path / "a.xlsx"
    path.write_bytes(demo_bytes)
    return path


def held(path: Path, machine: str = "PC-DENHAAG", process: int = 4711, boot: str = "") -> None:
    """Leave the owner file of somebody who has a file open."""
    owner_file(path).write_text(f"{process}\n\n{machine}\nan-id\n{boot}\n", encoding="utf-8")
    said = {"who": f"fatima@{machine}", "since": "2026-11-26T09:30:00+01:00", "token": "theirs"}
    signature_file(owner_file(path)).write_text(json.dumps(said), encoding="utf-8")


def refused(capsys: pytest.CaptureFixture[str], file: Path, *given: object) -> str:
    """Run a command that is to be refused with the file as it was; return what it said."""
    before = file.read_bytes()
    assert 2 == run([str(each) for each in given])
    assert before == file.read_bytes()
    return capsys.readouterr().err


@pytest.mark.parametrize("link", ["", "symbolic", "hard"])
def test_the_input_is_no_output_of_plan_under_any_name(
    file: Path, capsys: pytest.CaptureFixture[str], link: str
) -> None:
    other = file.with_name("other.xlsx") if link else file
    if link == "symbolic":
        other.symlink_to(file)
    elif link == "hard":
        other.hardlink_to(file)
    assert "--overwrite" in refused(capsys, file, "plan", file, "--out", other)


def test_the_input_is_replaced_by_the_plan_where_that_is_asked_for(tiny: Path) -> None:
    given = ["plan", str(tiny), "--out", str(tiny), "--fractions", "--overwrite", "--quiet"]
    assert 0 == run(given)
    assert 0 == run(["verify", str(tiny), "--quiet"])


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
def test_no_command_turns_its_input_into_something_else(
    file: Path, capsys: pytest.CaptureFixture[str], overwrite: tuple[str, ...]
) -> None:
    out = file.with_name("out.xlsx")
    for given in (
        ("check", file, "--json", file),
        ("rules", file, "--json", file),
        ("verify", file, "--json", file),
        ("plan", file, "--out", out, "--json", file),
        ("report", file, "--out", file),
        ("report", out, "--against", file, "--out", file),
        ("look-back", out, file, "--out", file),
        ("compare", out, file, "--out", file),
        ("compare", file, "--scenarios", "a,b", "--out", out, "--report", file),
    ):
        assert str(file) in refused(capsys, file, *given, *overwrite)
    assert not out.exists()


def test_two_outputs_are_two_files(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("out.xlsx")
    assert str(out) in refused(capsys, file, "plan", file, "--out", out, "--json", out)


def test_a_mapping_that_is_still_to_be_made_is_no_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, mapping = tmp_path / "locaties.csv", tmp_path / "m.json"
    table.write_text("Code;Naam;Soort;Bedden\nA1;Azc Een;azc;400\n", encoding="utf-8")
    words = ["import", str(table), "--mapping", str(mapping), "--out", str(tmp_path / "b.xlsx")]
    assert 2 == run(words)
    assert "is nog niets overgenomen" in capsys.readouterr().err
    assert "locations" in mapping.read_text(encoding="utf-8")
    assert 0 == run(words)


def test_what_a_colleague_has_open_is_left_alone(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.xlsx"
    mine.write_bytes(file.read_bytes())
    findings = tmp_path / "findings.json"
    for each in (file, findings):
        held(each)
    for given in (
        ("plan", mine, "--out", file),
        ("template", file),
        ("forecast", mine, "--out", file),
        ("check", mine, "--json", findings),
    ):
        told = refused(capsys, file, *given)
        assert "fatima@PC-DENHAAG" in told
        assert "2026-11-26 09:30" in told
    assert not findings.exists()
    assert 0 == run(["forecast", str(mine), "--out", str(file), "--overwrite", "--quiet"])


def test_what_a_colleague_opens_while_it_is_made_is_left_alone(
    file: Path, tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = api.plan

    def opened_meanwhile(*given: Any, **named: Any) -> Plan:
        held(file)
        return plan(*given, **named)

    monkeypatch.setattr(api, "plan", opened_meanwhile)
    assert "fatima" in refused(capsys, file, "plan", tiny, "--out", file)
    assert [] == list(file.parent.glob(".a-*"))


def boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def test_a_lock_of_a_crash_on_this_machine_holds_nothing(file: Path) -> None:
    held(file, socket.gethostname(), GONE, boot())
    assert holder_of(file) is None


def test_a_lock_of_this_machine_holds_while_its_program_runs(file: Path) -> None:
    held(file, socket.gethostname(), os.getpid(), boot())
    holder = holder_of(file)
    assert holder is not None
    assert not holder.elsewhere


@pytest.mark.parametrize(
    ("machine", "start"), [("VDI-0417", None), ("VDI-0417", OLD_BOOT), ("", OLD_BOOT)]
)
def test_a_machine_with_another_name_or_start_is_another_machine(
    file: Path, machine: str, start: str | None
) -> None:
    held(file, machine or socket.gethostname(), GONE, start or boot())
    holder = holder_of(file)
    assert holder is not None
    assert holder.elsewhere


def test_an_owner_file_without_a_word_holds_until_somebody_takes_it_over(file: Path) -> None:
    owner_file(file).write_bytes(b"")
    holder = holder_of(file)
    assert holder is not None
    assert holder.elsewhere


def test_a_demo_that_somebody_worked_in_is_left_alone(
    demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = small_plan()  # of this demo; where it is not kept yet, making it asks `api.plan`
    monkeypatch.setattr(api, "plan", lambda *_given, **_named: made)
    copytree(demo, tmp_path, dirs_exist_ok=True)
    given = ["demo", "--out", str(tmp_path), "--quiet"]
    assert 0 == run(given)  # as it was written: replaced without a word
    plan = tmp_path / "plan.xlsx"
    for edited in (tmp_path / "demo.xlsx", plan):
        before = edited.read_bytes()
        book = openpyxl.load_workbook(edited)
        book.worksheets[0]["A1"] = "mijn werk"
        book.save(edited)
        told = refused(capsys, edited, *given)
        assert str(edited) in told
        assert "--overwrite" in told
        assert "--out" in told
        edited.write_bytes(before)
    held(plan)
    assert "fatima" in refused(capsys, plan, *given)


def test_a_demo_does_not_replace_a_file_that_it_did_not_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "plan.xlsx"
    own.write_bytes(b"of somebody")
    refused(capsys, own, "demo", "--out", tmp_path)
    assert not (tmp_path / "demo.xlsx").exists()


def test_a_template_replaces_no_file_unless_asked_to(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--overwrite" in refused(capsys, file, "template", file)
    before = file.read_bytes()
    assert 0 == run(["template", str(file), "--overwrite", "--quiet"])
    assert before != file.read_bytes()


def test_a_table_that_a_colleague_has_open_is_left_alone_in_a_folder_of_tables(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "tables" / "placement.csv"
    table.parent.mkdir()
    table.write_text("open in a window", encoding="utf-8")
    held(table)
    given = ("export", demo / "plan.xlsx", "--out", table.parent)
    assert "fatima" in refused(capsys, table, *given)


@pytest.mark.parametrize("option", ["--out", "--json"])
def test_nobody_waits_for_what_has_no_folder_to_go_to(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, option: str
) -> None:
    nowhere = tmp_path / "nowhere" / ("p.xlsx" if option == "--out" else "p.json")
    there = tmp_path / "p.xlsx"
    outputs = ["--out", str(there)] if option == "--json" else []

    # The input is not there either, which is told once it is read.
    ending = run(["plan", str(tmp_path / "none.xlsx"), option, str(nowhere), *outputs])

    assert 2 == ending
    assert str(nowhere.parent) in capsys.readouterr().err.splitlines()[-1]
    assert not list(tmp_path.iterdir())
