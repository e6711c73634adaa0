from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

from planner.tables.book import CellError, Uncalculated
from planner.tables.edits import AddRow, DropRow, Edit, SetCell
from ui.files.recovery import Journal, discard, left_behind
from ui.session import Origin

STEPS: tuple[tuple[Edit, ...], ...] = (
    (SetCell("locations", 3, "name", "Één"), SetCell("locations", 3, "beds", 5)),
    (AddRow("occupancy", 40, {"date": dt.date(2026, 7, 1), "people": 2.5, "group": None}),),
    (DropRow("occupancy", 40),),
    (
        SetCell("locations", 4, "open_until", dt.datetime(2026, 7, 1, 0, 0)),  # noqa: DTZ001 - a sheet's
        SetCell("locations", 4, "beds", CellError("#N/A")),
        SetCell("locations", 5, "beds", Uncalculated("=A1")),
        SetCell("locations", 5, "women_safe", True),  # noqa: FBT003 - a cell's value
    ),
)


def test_work_of_a_program_that_was_killed_is_found_again(tmp_path: Path) -> None:
    book = tmp_path / "mijn plan.xlsx"
    book.write_bytes(b"a workbook")
    code = f"""
import os, datetime as dt
from pathlib import Path
from tests.ui.test_recovery import STEPS
from ui.files.recovery import Journal
from ui.session import Origin
journal = Journal(Path({str(tmp_path / "journals")!r}))
journal.begin(Origin(Path({str(book)!r})))
for step in STEPS:
    journal.add(step)
os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])  # noqa: S603 - our own code
    assert 9 == done.returncode
    (left,) = left_behind(tmp_path / "journals")
    assert STEPS == left.steps
    assert Origin(book) == left.origin
    assert "mijn plan.xlsx" == left.name
    assert left.source.path is not None
    assert b"a workbook" == left.source.path.read_bytes()
    discard(left)
    assert () == left_behind(tmp_path / "journals")


def test_work_of_a_program_that_runs_is_left_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(Origin(demo="small"))
    journal.add(STEPS[0])
    assert () == left_behind(tmp_path)
    journal.end()
    assert [] == list(tmp_path.iterdir())


def test_saved_work_and_untouched_books_are_not_offered(tmp_path: Path) -> None:
    for name, lines in (("saved", [*_lines(), '"saved"']), ("untouched", [])):
        _leave(tmp_path / name, lines)
    assert () == left_behind(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_line_that_was_not_written_to_its_end_is_left_out(tmp_path: Path) -> None:
    _leave(tmp_path / "cut", [*_lines(), '[["set", "locat'])
    (left,) = left_behind(tmp_path)
    assert 1 == len(left.steps)


def _lines() -> list[str]:
    return ['[["set", "locations", 3, "name", "A"]]']


def _leave(folder: Path, lines: list[str]) -> None:
    folder.mkdir()
    header = {"path": "", "demo": "small", "copy": ""}
    (folder / "header.json").write_text(json.dumps(header), encoding="utf-8")
    (folder / "edits.jsonl").write_text("\n".join(lines), encoding="utf-8")
