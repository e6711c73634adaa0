"""Have LibreOffice write its files of the gallery anew: `python -m tests.planner.workbook.gallery`.

They are kept with the tests, so that those pass where LibreOffice is not installed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from planner import workflow
from planner.texts import Language
from tests.planner.workbook.gallery.others import LIBREOFFICE
from tests.planner.workbook.gallery.rows import rows_to_plan
from tests.planner.workbook.gallery.samples import FAULTY, XLSX
from tests.planner.workbook.gallery.writers import openpyxl_book, sheets_changed

KEPT = Path(__file__).parents[3] / "files" / "gallery"
_SOURCES = {"plain": "openpyxl.xlsx", "1904": "xlsxwriter-1904.xlsx"}


def main() -> None:
    """Convert the files that the LibreOffice samples are named after."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("soffice is not installed")
    KEPT.mkdir(parents=True, exist_ok=True)
    samples = {each.name: each for each in (*XLSX, *FAULTY)}
    with tempfile.TemporaryDirectory() as folder:
        for each in LIBREOFFICE:
            name = each.name.removeprefix("libreoffice ")
            stem, _, ending = name.rpartition(".")
            source = Path(folder) / f"{stem}.source.xlsx"
            samples[_SOURCES.get(stem, f"{stem}.xlsx")].write(source)
            out = Path(folder) / "out"
            command = [office, "--headless", "--convert-to", ending, "--outdir", out, source]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own files
            shutil.move(out / f"{stem}.source.{ending}", KEPT / name)
        plan = Path(folder) / "plan.xlsx"
        openpyxl_book(rows_to_plan()).save(plan)
        book = workflow.open_workbook(plan)
        made = workflow.plan(book)
        # Without the results that we stored, LibreOffice has to calculate them itself.
        sheets_changed(
            rb"(<f>[^<]*</f>)<v>[^<]*</v>",
            rb"\1",
            lambda path: workflow.save_plan(path, book, made, Language.NL),
        )(plan)
        for ending in ("xlsx", "ods"):
            command = [office, "--headless", "--convert-to", ending, "--outdir", out, plan]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own files
            shutil.move(out / f"plan.{ending}", KEPT / f"plan.{ending}")


if __name__ == "__main__":
    main()
