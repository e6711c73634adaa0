"""Help and faults of arguments speak the language in use, for every command."""

from __future__ import annotations

import pytest

from planner.cli.line import NAMES, run
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
