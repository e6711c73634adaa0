"""Terminal and workbook answer alike, also where people are rounded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from planner import api
from planner.cli.line import run
from planner.core.texts import Language
from planner.result import load_plan
from planner.sheets.without_place import placing_sentence
from tests.planner.dossier.conftest import DAY, SHEETS
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

PEOPLE = {"men": 69, "women": 75, "others": 20}


def test_the_command_tells_who_has_no_place_in_the_numbers_of_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 110 places for 164 people: 54 are left, of which 22.7, 24.7 and 6.6 by even shares.
    # Rounded by themselves those are 23, 25 and 6, and with the people placed 22, 25 and 7.
    sheets = {
        **SHEETS,
        "Locaties": [
            SHEETS["Locaties"][0],
            ["L1", "azc", "open", 60, None, None],
            ["L2", "emergency_tent", "open", 50, dt.date(2026, 7, 31), dt.date(2026, 12, 31)],
        ],
        "Bezetting": [SHEETS["Bezetting"][0], [DAY, "L1", "men", 20], [DAY, "L2", "men", 20]],
        "Groepen": [
            ["Groep", "Beschermd", *KINDS, *EMERGENCY],
            *[[each, "nee", *["preferred"] * 6, "barred", *["fallback"] * 3] for each in PEOPLE],
        ],
        "Prognose": [
            SHEETS["Prognose"][0],
            *[
                ["middle", dt.date(2026, month, 1), *each]
                for month in (7, 8)
                for each in PEOPLE.items()
            ],
        ],
    }
    del sheets["Vastgelegd"]
    source, out = tmp_path / "in.xlsx", tmp_path / "plan.xlsx"
    api.save_book(source, book_of(sheets), Language.NL)

    assert 0 == run(["plan", str(source), "--out", str(out)])

    told = placing_sentence(load_plan(out).shown().plan.tables).text(Language.NL)
    assert "54 mensen: women 25 van 75; men 22 van 69; others 7 van 20" in told
    assert told in capsys.readouterr().out.splitlines()
