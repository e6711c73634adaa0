"""Prove that plans come through LibreOffice unharmed.

Run by hand where it is installed: `python -m tests.planner.files.libreoffice`. The stored
results of a plan's formulas are taken out, so that LibreOffice has to calculate them; it saves the
file as .xlsx and as .ods, and both are compared with what we wrote: the case, every cell, every
formula's value, and the verdict of recomputing the plan. Without files named, the small demo is
planned and proven; `--national` adds the national one.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book, CellError, RawSheet
from planner.input.case import parse
from planner.result.provenance import provenance_in
from planner.sheets.result_sheets import read_results
from tests.planner.files.gallery.writers import sheets_changed

ENDINGS = ("xlsx", "ods")
_STORED = rb"(<f>[^<]*</f>)<v>[^<]*</v>"
_SAME = 1e-9


def without_results(source: Path, target: Path) -> Path:
    """Write a copy of a workbook whose formulas have no stored results."""
    sheets_changed(_STORED, rb"\1", lambda path: shutil.copyfile(source, path))(target)
    return target


def saved_by_libreoffice(source: Path, ending: str, folder: Path) -> Path:
    """Have LibreOffice open a file, calculate it and save it as another kind; return that."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is not installed")
    command = [
        office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
        "--convert-to", ending, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own files
    return folder / f"{source.stem}.{ending}"


@dataclass(frozen=True)
class Proof:
    """What came of comparing a file with what LibreOffice made of it."""

    cells: int
    formulas: int
    differing: tuple[str, ...]
    broken: tuple[str, ...]
    same_case: bool
    breaches: int

    @property
    def holds(self) -> bool:
        """Whether nothing at all differs."""
        return self.same_case and not (self.differing or self.broken or self.breaches)


def proof(written: Path, saved: Path) -> Proof:
    """Compare a plan's workbook with the file that LibreOffice saved of it."""
    ours, theirs = read_workbook(written), read_workbook(saved)
    by_name = {sheet.name: sheet for sheet in theirs.sheets}
    differing: list[str] = []
    broken: list[str] = []
    for sheet in ours.sheets:
        other = by_name.get(sheet.name, RawSheet(sheet.name, {}))
        differing += [f"{sheet.name}!{at}" for at in _differing(sheet, other)]
        broken += [f"{sheet.name}!{at}" for at, value in other.cells.items() if _broken(value)]
    return Proof(
        sum(len(sheet.cells) for sheet in ours.sheets),
        sum(len(sheet.formulas) for sheet in ours.sheets),
        tuple(differing),
        tuple(broken),
        _case(ours) == _case(theirs),
        len(api.verify(saved).breaches),
    )


def _case(book: Book) -> object:
    scenario = provenance_in(read_results(book)["provenance"])["scenario"]
    return parse(book, scenario).case


def _differing(ours: RawSheet, theirs: RawSheet) -> list[tuple[int, int]]:
    places = {*ours.cells, *theirs.cells}
    return sorted(at for at in places if not _same(ours.cells.get(at), theirs.cells.get(at)))


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=_SAME, abs_tol=_SAME)
    # An empty text and an empty cell are one to every reader.
    return (ours or None) == (theirs or None)


def _broken(value: object) -> bool:
    return isinstance(value, CellError) or str(value).startswith(("Err:", "#"))


def main(given: list[str] | None = None) -> int:
    """Prove the plans that are named, print what was compared, and return how many fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plans", nargs="*", type=Path)
    parser.add_argument("--national", action="store_true")
    options = parser.parse_args(given)
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plans = list(options.plans)
        if not plans:
            sizes = ("small", "national") if options.national else ("small",)
            plans = [_planned(size, folder) for size in sizes]
        for plan in plans:
            bare = without_results(plan, folder / f"{plan.stem}-bare.xlsx")
            for ending in ENDINGS:
                saved = saved_by_libreoffice(bare, ending, _out(folder, ending))
                found = proof(plan, saved)
                failed += not found.holds
                sys.stdout.write(f"{plan.name} -> .{ending}: {_told(found)}\n")
    return failed


def _out(folder: Path, ending: str) -> Path:
    out = folder / f"out-{ending}"
    out.mkdir(exist_ok=True)
    return out


def _planned(size: str, folder: Path) -> Path:
    path = folder / f"{size}.xlsx"
    book = api.open_demo(size)
    api.save_plan(path, book, api.plan(book), Language.NL)
    return path


def _told(found: Proof) -> str:
    words = (
        f"{found.cells} cells, {found.formulas} formulas calculated anew, "
        f"{len(found.differing)} differ, {len(found.broken)} broken, "
        f"case {'the same' if found.same_case else 'DIFFERS'}, "
        f"{found.breaches} breaches when verified"
    )
    return words + "".join(f"\n  {each}" for each in (*found.differing, *found.broken)[:10])


if __name__ == "__main__":
    sys.exit(min(main(), 1))
