"""Where a command may write: never onto its own input, nor what a colleague has open.

`--overwrite` is the way on where somebody means it. A command's other arguments than these name
nothing that is written or read: `--model-dir` is a folder for the solver's makers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from planner.core.errors import TargetInUseError, UnusableInputError
from planner.core.texts import message
from planner.files.file_stamp import same_file
from planner.files.json_file import write_json
from planner.files.ods_writer import OPEN_DOCUMENT
from planner.files.owner_file import holder_of, open_at
from planner.files.whole_file import refuse_unwritable

READ = (
    "input", "inputs", "old", "olds", "later", "counts", "against", "edits", "mapping",
    "track_record", "since", "also",
)  # fmt: skip
WRITTEN = ("output", "out", "report", "json_file")
_RECORD = ".opvangplan-demo.json"


# Kinds of files that people know by how their names end; any other end is part of a name.
_KINDS = frozenset({
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".csv", ".tsv", ".txt", ".json", ".pdf",
    ".doc", ".docx", ".odt", ".ppt", ".pptx", ".html", ".xml", ".zip", ".png", ".parquet", ".mps",
})  # fmt: skip


def refuse_unusable(options: argparse.Namespace) -> None:
    """Refuse a target without a name, of another kind by its name, or that cannot be written to.

    `UnusableInputError`, or for the last `TargetInUseError`: nobody waits for a plan that has no
    place to go. A folder to write to may have any name.
    """
    for name, path in _named(options, (*WRITTEN, "model_dir")):
        if not path.name and str(path) == ".":
            raise UnusableInputError(message("file.no_name"))
        endings = options.endings.get(name, _KINDS)
        if path.suffix.casefold() in _KINDS.difference(endings):
            raise UnusableInputError(
                message("file.other_kind", file=str(path), kinds=" / ".join(endings))
            )
        if path.suffix.casefold() in endings and not path.is_dir():
            refuse_unwritable(path)


def refuse_taken(options: argparse.Namespace, written_now: Path | None = None) -> None:
    """Refuse what a command is to write where that is its input, or open in a window.

    `written_now` is a file in the folder that is named, where the output is several.
    `TargetInUseError` says which and how to go on. `options.keeps_input` is whether `out` holds
    all of the input too, so that it may take its place when that is asked for.
    """
    read = [] if options.writes_input else _named(options, READ)
    read = [(name, path) for name, path in read if path.exists()]  # else it is still to be made
    written = _named(options, WRITTEN)
    if written_now and not any(same_file(written_now, path) for _, path in written):
        written.append(("", written_now))
    for at, (name, path) in enumerate(written):
        if any(same_file(path, other) for _, other in written[:at]):
            raise TargetInUseError(message("file.twice", file=str(path)))
        # An .ods is written anew; what else its own file held would be gone.
        may = name == "out" and options.keeps_input and path.suffix.casefold() != OPEN_DOCUMENT
        if any(same_file(path, other) for _, other in read) and not (may and options.overwrite):
            key = "file.is_input.overwrite" if may else "file.is_input"
            raise TargetInUseError(message(key, file=str(path)))
        holder = holder_of(path)
        if holder is not None and not options.overwrite:
            raise TargetInUseError(open_at(path, holder, "file.open_at.overwrite"))


def refuse_there(path: Path, options: argparse.Namespace) -> None:
    """Refuse to write where a file is; `TargetInUseError`."""
    if path.exists() and not options.overwrite:
        raise TargetInUseError(message("file.there", file=str(path)))


def refuse_edited(paths: Sequence[Path], options: argparse.Namespace) -> None:
    """Refuse to write where a file is that a demo did not write, or that was changed since.

    `TargetInUseError` says how to go on with that file, and how to make another demo.
    """
    for path in paths:
        if options.overwrite or not path.exists():
            continue
        holder = holder_of(path)
        if holder is not None:
            raise TargetInUseError(open_at(path, holder, "file.open_at.overwrite"))
        if _noted(path.parent).get(path.name) != _digest(path):
            raise TargetInUseError(message("command.demo_there", file=str(path)))


def note_demo(path: Path) -> None:
    """Note what a demo wrote, so that it may be replaced for as long as nobody changes it."""
    with suppress(TargetInUseError):  # it is not replaced then without being asked to
        write_json(path.parent / _RECORD, {**_noted(path.parent), path.name: _digest(path)})


def _named(options: argparse.Namespace, names: Sequence[str]) -> list[tuple[str, Path]]:
    def paths(given: object) -> Iterator[Path]:
        for each in given if isinstance(given, list) else [given]:
            if isinstance(each, Path):
                yield each

    return [(name, path) for name in names for path in paths(getattr(options, name, None))]


def _noted(folder: Path) -> dict[str, object]:
    try:
        noted = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
