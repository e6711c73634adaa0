"""Help and faults of arguments speak the language in use, for every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.alternatives import LeastOf
from planner.cli.line import COMMANDS, NAMES, run
from planner.core.texts import Language

# What the library for arguments says itself.
ENGLISH = ("usage:", "positional arguments", "options:", "show this help", "error:", "required:")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", NAMES)
def test_every_command_tells_what_it_takes(
    name: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == run(["--language", language.value, name, "--help"])

    said = capsys.readouterr().out
    assert name in said
    assert "%%" not in said
    if language is Language.NL:
        assert not [each for each in ENGLISH if each in said]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["plan"], "dit ontbreekt: IN.xlsx, --out"),
        (["plan", "a.xlsx", "--out", "b.xlsx", "--time-limit", "tien"], "hoort een getal"),
        (["plan", "a.xlsx", "--out"], "achter --out hoort nog iets"),
        (["plannen"], "kan niet 'plannen' zijn"),
        (["check", "a.xlsx", "--alles"], "dit is niet bekend: --alles"),
    ],
)
def test_a_fault_in_the_arguments_is_told_in_dutch(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == run(given)

    said = capsys.readouterr().err
    assert told in said
    assert not [each for each in ENGLISH if each in said]


@pytest.mark.parametrize(
    "given",
    [
        ["alternatives", "in.xlsx"],
        ["bridge", "in.xlsx"],
        ["buffer", "in.xlsx"],
        ["ensemble", "in.xlsx", "--members", "2"],
        ["margin", "in.xlsx"],
        ["robust", "in.xlsx", "--scenarios", "a,b"],
        ["track-record", "a.xlsx", "b.xlsx", "--counts", "c.xlsx"],
    ],
)
def test_a_workbook_may_end_as_the_help_says(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """None of the workbooks to read is there, which is told once the name to write will do."""
    missing = [str(tmp_path / each) if each.endswith(".xlsx") else each for each in given]
    assert 2 == run([*missing, "--out", str(tmp_path / "out.ods"), "--language", "en"])
    assert "named after another kind" not in capsys.readouterr().err

    assert 0 == run([given[0], "--help", "--language", "en"])
    assert ".ods" in capsys.readouterr().out


def test_the_help_of_other_plans_says_how_many_there_are_at_most(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 0 == run(["alternatives", "--help", "--language", "en"])
    assert f"at most {len(LeastOf)}" in " ".join(capsys.readouterr().out.split())


def test_the_help_names_every_command_that_may_replace_its_input(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 0 == run(["plan", "--help", "--language", "en"])
    told = " ".join(capsys.readouterr().out.split())
    names = [each.name for each in COMMANDS if each.keeps_input]
    assert f"({', '.join(names[:-1])} and {names[-1]}) the input itself" in told
