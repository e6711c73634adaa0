"""A plan of three locations and two months, in a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.api import PlanOptions
from planner.core.texts import Language
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

DAY = dt.date(2026, 6, 30)

SHEETS: Mapping[str, Sequence[Sequence[Any]]] = {
    "Locaties": [
        ["Locatiecode", "Type", "Status", "Bedden", "Open tot en met", "Verlengbaar tot en met"],
        ["L1", "azc", "open", 120, None, None],
        ["L2", "emergency_tent", "open", 80, dt.date(2026, 7, 31), dt.date(2026, 12, 31)],
        ["L3", "azc", "candidate", 60, None, None],
    ],
    "Bezetting": [
        ["Peildatum", "Locatie", "Groep", "Personen"],
        [DAY, "L1", "men", 100],
        [DAY, "L2", "men", 40],
    ],
    "Groepen": [
        ["Groep", *KINDS, *EMERGENCY],
        ["men", *["preferred"] * 6, "barred", *["fallback"] * 3],
    ],
    "Prognose": [
        ["Scenario", "Maand", "Groep", "Personen"],
        ["middle", dt.date(2026, 7, 1), "men", 140],
        ["middle", dt.date(2026, 8, 1), "men", 150],
    ],
    "Parameters": [
        ["Parameter", "Waarde", "Bron"],
        ["occupancy_norm", 0.95, "afdeling Planning, brief van 01-06-2026"],
        ["appeal_months", 12, ""],
    ],
    "Vastgelegd": [
        ["Locatie", "Besluit", "Maand", "Waarde", "Wie", "Waarom"],
        ["L3", "open", dt.date(2026, 7, 1), 1, "regio Oost", "toegezegd aan de gemeente"],
    ],
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a plan; copied by whoever changes it."""
    path = tmp_path_factory.mktemp("made") / "plan.xlsx"
    book = book_of(SHEETS)
    plan = api.plan(book, options=PlanOptions(whole=True))
    api.save_plan(path, book, plan, Language.NL)
    return path


@pytest.fixture
def plan(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(made.read_bytes())
    return path
