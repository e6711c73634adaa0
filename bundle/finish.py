"""Finishes a bundle: list of parts, licence texts, entry of the menu, hash; then puts it in place.

Run by `python -m bundle` in the environment that the bundle was made of.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bundle import __main__ as making
from bundle.bill import NAME, bill_of
from bundle.icon import DRAWING
from bundle.icu_data import cut
from bundle.licences import goes_with_ours
from bundle.parts import Part, UnknownPartError, parts_of
from planner import __version__

ROOT = making.ROOT
MENU = ROOT / "bundle" / "menu"
SUMS = "SHA256SUMS"
# What an organisation is asked for, beside the program.
PAPERS = ("LICENSE", "CHANGELOG.md", "SECURITY.md", "publiccode.yml")
READ_FIRST = ROOT / "bundle" / "READ-FIRST.txt"
MEGABYTE = 1_000_000


def main(arguments: Sequence[str]) -> int:
    """Finish the bundle in a folder, by the list of what it collected, and move it to another."""
    made, collected, out = map(Path, arguments)
    folder = made if made.suffix != ".app" else made / "Contents" / "Resources"
    parts = parts_of(collected)
    slim(made)
    at = datetime.fromtimestamp(int(making.date_of_sources()), UTC).isoformat()
    inside = made / "Contents" / "Frameworks" if made.suffix == ".app" else made / "_internal"
    bill = json.dumps(bill_of(parts, inside, at), indent=1, ensure_ascii=False)
    (folder / NAME).write_text(bill, encoding="utf-8")
    put_licences(parts, folder / "licences")
    for paper in PAPERS:
        if (ROOT / paper).exists():
            shutil.copyfile(ROOT / paper, folder / paper)
    shutil.copyfile(READ_FIRST, folder / READ_FIRST.name)
    put_menu(folder)
    (folder / SUMS).write_text("".join(sums(folder)), encoding="utf-8")
    named = f"opvangplan-{__version__}{made.suffix}"
    out.mkdir(parents=True, exist_ok=True)
    target = out / named
    if target.exists():
        shutil.rmtree(target)
    shutil.move(made, target)
    size = sum(file.lstat().st_size for file in target.rglob("*") if file.is_file())
    mark = hashlib.sha256("".join(sums(target)).encode()).hexdigest()
    sys.stdout.write(f"{target}\n{size / MEGABYTE:.0f} MB, {len(parts)} parts, sha256 {mark}\n")
    return 0


def slim(made: Path) -> None:
    """Take out what only a debugger reads and what of ICU Qt never asks for, in Linux.

    A library that others moved about inside may break by it: one that cannot be loaded any more
    stays as it was.
    """
    tool = shutil.which("strip")
    if tool is None or sys.platform != "linux":
        return
    inside = made / "_internal"
    cut(inside)
    for file in sorted(inside.rglob("*.so*")):
        if file.is_symlink() or not file.is_file():
            continue
        before = file.with_name(f"{file.name}.before")
        shutil.copy2(file, before)
        subprocess.run([tool, "--strip-unneeded", str(file)], check=True)  # noqa: S603 - our own files
        if file.stat().st_size == before.stat().st_size or (
            not loads(file, inside) and loads(before, inside)
        ):
            before.replace(file)
        else:
            before.unlink()


def loads(library: Path, inside: Path) -> bool:
    """Whether a library can be loaded beside the others of the bundle."""
    load = [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", str(library)]
    beside = {**os.environ, "LD_LIBRARY_PATH": str(inside)}
    return not subprocess.run(load, env=beside, capture_output=True, check=False).returncode  # noqa: S603 - ours


def put_licences(parts: Sequence[Part], folder: Path) -> None:
    """Put the licence texts of every part below `folder`.

    `UnknownPartError` where a part has none, or one that does not go with ours.
    """
    for part in parts:
        if not goes_with_ours(part.licence):
            raise UnknownPartError(f"{part.name}: {part.licence}")
        if not part.texts:
            raise UnknownPartError(f"{part.name}: no text of {part.licence}")
        place = folder / f"{part.name}-{part.version.replace(':', '_')}"
        place.mkdir(parents=True)
        for number, text in enumerate(part.texts, start=1):
            name = text.name if len(part.texts) == 1 else f"{number:02}-{text.name}"
            shutil.copyfile(text, place / name)


def put_menu(folder: Path) -> None:
    """Put beside the program what adds it to the menu of this system for the user alone."""
    sort = {"linux": "linux", "win32": "windows"}.get(sys.platform)
    if sort is None:
        return
    for file in sorted((MENU / sort).iterdir()):
        shutil.copy(file, folder / file.name)
    if sort == "linux":
        shutil.copyfile(DRAWING, folder / "opvangplan.svg")


def sums(folder: Path) -> Iterator[str]:
    """Yield a line per file, as `sha256sum` writes and checks them; not of the list itself."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and not file.is_symlink() and name != SUMS:
            yield f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
