"""Have LibreOffice write its files of the gallery anew: `python -m tests.planner.files.gallery`.

They are kept with the tests, so that those pass where LibreOffice is not installed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from planner import api
from planner.core.texts import Language
from tests.planner.files.gallery.others import LIBREOFFICE
from tests.planner.files.gallery.rows import rows_to_plan
from tests.planner.files.gallery.samples import FAULTY, XLSX
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.files.libreoffice import ENDINGS, saved_by_libreoffice, without_results

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
            command = [
                office,
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                str(out),
                str(source),
            ]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own files
            shutil.move(out / f"{stem}.source.{ending}", KEPT / name)
        plan = Path(folder) / "plan.xlsx"
        openpyxl_book(rows_to_plan()).save(plan)
        book = api.open_workbook(plan)
        api.save_plan(plan, book, api.plan(book), Language.NL)
        # Without the results that we stored, LibreOffice has to calculate them itself.
        bare = without_results(plan, Path(folder) / "bare.xlsx")
        for ending in ENDINGS:
            saved = saved_by_libreoffice(bare, ending, out)
            shutil.move(saved, KEPT / f"plan.{ending}")


if __name__ == "__main__":
    main()
