"""Finding again what a crash left behind; how it is written stands in `journal.py`.

A journal whose program no longer runs is offered at the start. One that cannot be read is told of
and left where it is: somebody may still get work out of it by hand.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.files.file_stamp import FileStamp
from ui.files.journal import EDITS, HEADER, Left, taken
from ui.own_files import make_private_folder
from ui.session import BookOrigin

if TYPE_CHECKING:
    from planner.input.edits import Edit

log = logging.getLogger(__name__)

NEVER_BEGUN_S = 3600.0  # a journal without a line that is older than this was never begun


@dataclass(frozen=True)
class Unreadable:
    """Work that was left behind and cannot be read: where it is, and when it was last written."""

    folder: Path
    when: dt.datetime


@dataclass(frozen=True)
class RecoverableWork:
    """What programs no longer running have left, newest first."""

    left: tuple[Left, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def left_behind(root: Path) -> RecoverableWork:
    """Return the work that programs no longer running have left.

    Journals without unsaved work are taken away.
    """
    left: list[Left] = []
    unreadable: list[Unreadable] = []
    for folder in sorted(root.glob("*/")) if root.is_dir() else ():
        found = _look_into(folder)
        if isinstance(found, Left):
            left.append(found)
        elif found is not None:
            unreadable.append(found)
    return RecoverableWork(
        tuple(sorted(left, key=lambda each: each.when, reverse=True)),
        tuple(sorted(unreadable, key=lambda each: each.when, reverse=True)),
    )


def changed_since(left: Left) -> bool:
    """Whether the user's own file holds something else than when it was opened or last saved."""
    path, copy = left.origin.path, left.source.path
    if path is None or copy is None or not path.exists():
        return False  # where it is gone, saving puts it back
    try:
        if left.stamp is not None:
            return not left.stamp.is_of(path)
        return path.read_bytes() != copy.read_bytes()
    except OSError:
        return False


def discard(left: Left | Unreadable) -> None:
    """Take away work that was left behind, unless another program has it by now."""
    try:
        lock = taken(left.folder)
    except OSError:
        return
    lock.unlock()
    shutil.rmtree(left.folder, ignore_errors=True)


def _look_into(folder: Path) -> Left | Unreadable | None:
    """Return what a journal holds; nothing where its program runs, or where nothing is unsaved."""
    try:
        lock = taken(folder)
    except OSError:
        return None  # its program still runs
    try:
        with suppress(OSError):
            make_private_folder(folder)  # an earlier version left it open to everybody
        if not (folder / EDITS).exists():
            if time.time() - folder.stat().st_mtime > NEVER_BEGUN_S:
                _take_away(folder)
            return None
        left = _read(folder)
    except (OSError, ValueError, LookupError, TypeError) as fault:
        log.warning("the journal %s cannot be read: %s", folder.name, type(fault).__name__)
        return Unreadable(folder, _when(folder))
    finally:
        lock.unlock()
    if left is None:
        _take_away(folder)
    return left


def _take_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _when(folder: Path) -> dt.datetime:
    """Return when a journal was last written."""
    for path in (folder / EDITS, folder):
        with suppress(OSError):
            return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return dt.datetime.now().astimezone()


def _read(folder: Path) -> Left | None:
    """Return what a journal holds; nothing where it holds no unsaved step."""
    lines = (folder / EDITS).read_bytes().splitlines(keepends=True)
    if not lines or lines[-1].rstrip(b"\n") == b'"saved"':
        return None
    header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    steps, sound = _steps(lines)
    if not steps:
        raise ValueError("no step was written to its end")
    path = Path(header["path"]) if header["path"] else None
    return Left(
        folder=folder,
        name=path.name if path is not None else header["demo"],
        when=_when(folder),
        source=_source(folder, header),
        origin=BookOrigin(path, header["demo"]),
        steps=steps,
        stamp=_stamp(header.get("stamp")),
        sound=sound,
    )


def _source(folder: Path, header: dict[str, Any]) -> BookOrigin:
    """Return what the steps are to be done on: the copy, or the file while it is as it was read."""
    earlier = {"path": header["path"], "demo": header["demo"], "stamp": header.get("state")}
    base = header.get("base", earlier)  # without one it is of an earlier version
    if not header["copy"]:
        return BookOrigin(demo=base["demo"])
    copy = folder / header["copy"]
    if copy.exists():
        return BookOrigin(copy, base["demo"])
    path, stamp = Path(base["path"]), _stamp(base["stamp"])
    if stamp is None or not stamp.is_of(path):
        raise ValueError("the file is another than when it was opened, and there is no copy")
    return BookOrigin(path, base["demo"])


def _stamp(said: Mapping[str, Any] | Sequence[Any] | None) -> FileStamp | None:
    """Return what a header says of a file; an earlier version wrote size and time alone."""
    if isinstance(said, Mapping):
        return FileStamp(said["size"], said["modified_ns"], said["digest"])
    return FileStamp(said[0], said[1], "") if said else None


def _steps(lines: list[bytes]) -> tuple[tuple[tuple[Edit, ...], ...], int]:
    """Return the steps until the first line that was not written to its end, or was damaged.

    With them comes of how many bytes they were read.
    """
    from ui.scenarios.edit_lines import edit_of  # noqa: PLC0415 - loaded when first needed, after the first paint

    steps: list[tuple[Edit, ...]] = []
    sound = 0
    for line in lines:
        try:
            read = json.loads(line)
            step = () if read == "saved" else tuple(edit_of(each) for each in read)
        except (ValueError, LookupError, TypeError):
            break
        sound += len(line)
        if step:
            steps.append(step)
    return tuple(steps), sound
