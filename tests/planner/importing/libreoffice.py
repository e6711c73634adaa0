"""Have LibreOffice save the gallery of workbooks as people keep them, and import each.

Run by hand where it is installed: `python -m tests.planner.importing.libreoffice`. Each shape is
saved as .xlsx and as .ods and must give what it gives as it was first written. `--keep` writes
those that `test_saved_by_libreoffice` reads in every run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.core.texts import Language
from planner.files.seeds import read_seed_book
from planner.importing.verbs import import_files, proposed, read_files
from planner.input.book import Book
from tests.planner.importing.shape import Shape
from tests.planner.importing.shapes import SHAPES
from tests.planner.importing.test_gallery import answered, taken

KEPT = Path(__file__).parent / "saved_by_libreoffice"
ENDINGS = ("xlsx", "ods")
EVERY = 6  # one in so many is kept


def file_of(number: int, ending: str) -> Path:
    """Return where a shape is kept as LibreOffice saved it."""
    return KEPT / f"shape{number:02}.{ending}"


def kept() -> list[tuple[int, str]]:
    """Return which shapes are kept, and as what kind of file each."""
    numbers = [at for at, each in enumerate(SHAPES) if each.writer != "csv" and not each.file][
        ::EVERY
    ]
    return [(number, ENDINGS[at % 2]) for at, number in enumerate(numbers)]


def wrong(shape: Shape, path: Path, book: Book) -> list[str]:
    """Return what does not come out of a file as the shape says: errors and figures."""
    read = read_files([path])
    mapping = answered(proposed(read, book, Language.NL), shape, book)
    imported = import_files(read, mapping, book, Language.NL)
    told = [each.line(Language.EN) for each in imported.findings if each.severity == "error"]
    found = taken(imported, shape.table)
    missing = [key for key, value in shape.expected.items() if found.get(key) != value]
    return told + [f"{key} is {found.get(key)}" for key in missing]


def _saved(folder: Path, ending: str) -> Iterator[tuple[int, Path]]:
    """Write every shape, have LibreOffice save them all at once, and yield each."""
    source, target = folder / "written", folder / ending
    source.mkdir(exist_ok=True)
    names = {}
    for number, shape in enumerate(SHAPES):
        if shape.writer != "csv":
            path = replace(shape, file="").write(source)  # a name of its own may tell something
            names[number] = path.rename(source / f"shape{number:02}.xlsx")
    command = [
        "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
        "--convert-to", ending, "--outdir", str(target), *map(str, names.values()),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own files
    for number, path in names.items():
        yield number, target / f"{path.stem}.{ending}"


def main() -> int:
    """Import every shape as LibreOffice saves it; return 1 where one gives something else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true")
    keep = parser.parse_args().keep
    book, faults, count = read_seed_book("demo_small"), 0, 0
    with tempfile.TemporaryDirectory() as name:
        for ending in ENDINGS:
            for number, path in _saved(Path(name), ending):
                count += 1
                if SHAPES[number].file:
                    path = path.rename(path.with_name(f"{Path(SHAPES[number].file).stem}.{ending}"))  # noqa: PLW2901
                told = wrong(SHAPES[number], path, book)
                faults += bool(told)
                for each in told:
                    sys.stdout.write(f"{SHAPES[number].name} ({ending}): {each}\n")
                if keep and (number, ending) in kept():
                    KEPT.mkdir(exist_ok=True)
                    file_of(number, ending).write_bytes(path.read_bytes())
    sys.stdout.write(f"{count} files, {faults} give something else\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
