"""Files that are written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import TargetInUseError
from planner.texts import message


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to beside the target, which takes the target's place at the end.

    Whatever goes wrong, the target stays as it was and nothing else is left behind.
    `TargetInUseError` where the target is open elsewhere or its folder cannot be written to.
    """
    draft = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        draft.touch(exist_ok=False)
    except FileNotFoundError as fault:
        raise TargetInUseError(message("file.no_folder", folder=str(path.parent))) from fault
    except OSError as fault:
        raise TargetInUseError(message("file.not_writable", file=str(path))) from fault
    try:
        yield draft
        _put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as fault:
        raise TargetInUseError(message("file.in_use", file=str(path))) from fault
