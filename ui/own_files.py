"""The program's own files, which nobody but their owner can read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

_SETTINGS_FILES = (".conf", ".ini")
OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, or make one so that is there.

    `OSError` where it can be neither.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
    folder.chmod(OWNERS_FOLDER)


def make_private(stored: QSettings) -> None:
    """Let only their owner read settings; what is written later keeps the rights of the file.

    Where settings stand in no file of their own, as in Windows and macOS, the system guards them.
    """
    path = Path(stored.fileName())
    if path.suffix in _SETTINGS_FILES:
        with suppress(OSError):
            make_private_folder(path.parent)
            path.touch(mode=OWNER_ONLY)
            path.chmod(OWNER_ONLY)
