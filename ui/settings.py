"""What is kept from one time to the next: language, look, window, recent files, last folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from planner.core.texts import Language
from ui.theme import ColourScheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RECENT_FILES = 6
# What stands in the system's settings may have been changed by anything; what nobody could have
# chosen is left out. A path of a system is at most so long, and so is a day in minutes.
_LONGEST_PATH, _MOST_MINUTES = 4096, 1440
_WIDEST, _WHOLE = 10_000, 1000  # a column in dots; a page in thousandths


def _number(kept: object) -> int | None:
    """Return a whole number that was kept; `None` for anything else that stands there."""
    written = str(kept)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None  # noqa: PLR2004 - none is larger


class Settings:
    """The user's settings, in the place the system has for them."""

    def __init__(self, stored: QSettings) -> None:
        """Read and write these settings."""
        self._stored = stored

    def unusable(self) -> tuple[str, ...]:
        """Return the names of settings that nobody could have chosen and that are left out.

        An unreadable file of settings counts as one, by the name of the file.
        """
        broken = self._stored.status() is QSettings.Status.FormatError
        file = (Path(self._stored.fileName()).name,) if broken else ()
        return file + tuple(sorted(name for name in self._stored.allKeys() if self._odd(name)))

    def _odd(self, name: str) -> bool:
        kept = str(self._stored.value(name, ""))
        if name == "minutes":
            number = _number(kept)
            return number is None or number > _MOST_MINUTES
        if name.startswith("shares/"):
            return any(_number(part) is None for part in kept.split(";") if part)
        if name.startswith("columns/"):
            widths = [_number(part.partition("=")[2]) for part in kept.split(";") if part]
            return any(width is None or width > _WIDEST for width in widths)
        if name == "recent":
            names = self._stored.value(name, [])
            listed = names if isinstance(names, list) else [names]
            return any(len(str(path)) > _LONGEST_PATH for path in listed)
        return name == "folder" and len(kept) > _LONGEST_PATH

    @property
    def language(self) -> Language:
        """The language chosen last, else Dutch."""
        kept = str(self._stored.value("language", Language.NL.value))
        return Language(kept) if kept in set(Language) else Language.NL

    @language.setter
    def language(self, language: Language) -> None:
        self._stored.setValue("language", language.value)

    @property
    def look(self) -> ColourScheme:
        """The look chosen last, else the system's."""
        kept = str(self._stored.value("look", ColourScheme.SYSTEM.value))
        return ColourScheme(kept) if kept in set(ColourScheme) else ColourScheme.SYSTEM

    @look.setter
    def look(self, look: ColourScheme) -> None:
        self._stored.setValue("look", look.value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened lately, the last one first; some may be gone by now."""
        kept = self._stored.value("recent", [])
        names = [kept] if isinstance(kept, str) else kept
        listed = map(str, names[:RECENT_FILES]) if isinstance(names, list) else ()
        return tuple(Path(name) for name in listed if len(name) <= _LONGEST_PATH)

    def remember(self, path: Path) -> None:
        """Put a file in front of the recent ones."""
        others = [each for each in self.recent if each != path]
        self._stored.setValue("recent", [str(each) for each in [path, *others][:RECENT_FILES]])

    def forget(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._stored.setValue("recent", [str(each) for each in self.recent if each != path])

    @property
    def folder(self) -> Path:
        """The folder that a file was last opened from or saved in, else the user's own."""
        kept = str(self._stored.value("folder", ""))
        there = [Path(kept)] if kept and len(kept) <= _LONGEST_PATH else []
        there += [path.parent for path in self.recent]
        return next((folder for folder in there if os.path.isdir(folder)), Path.home())  # noqa: PTH112 - of any path

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._stored.setValue("folder", str(folder))

    @property
    def filters(self) -> bool:
        """Whether the lines below the titles of a table are shown."""
        return str(self._stored.value("filters", "true")) == "true"

    @filters.setter
    def filters(self, shown: bool) -> None:
        self._stored.setValue("filters", "true" if shown else "false")

    def share(self, name: str) -> list[int]:
        """Return what the user gave each part of a divided page, in thousandths; empty at first."""
        parts = str(self._stored.value(f"shares/{name}", "")).split(";")
        numbers = [_number(part) for part in parts]
        return [min(number, _WHOLE) for number in numbers if number is not None]

    def keep_share(self, name: str, thousandths: Sequence[int]) -> None:
        """Keep what the user gave each part of a divided page."""
        self._stored.setValue(f"shares/{name}", ";".join(str(each) for each in thousandths))

    @property
    def hatched(self) -> bool:
        """Whether charts on the screen differ by hatching too."""
        return str(self._stored.value("hatched", "false")) == "true"

    @hatched.setter
    def hatched(self, hatched: bool) -> None:
        self._stored.setValue("hatched", "true" if hatched else "false")

    @property
    def whole(self) -> bool:
        """Whether plans are calculated with whole locations: so, unless chosen otherwise last."""
        return str(self._stored.value("whole", "true")) == "true"

    @whole.setter
    def whole(self, whole: bool) -> None:
        self._stored.setValue("whole", "true" if whole else "false")

    @property
    def minutes(self) -> int:
        """The time limit of a calculation in minutes, as chosen last; 0 for none."""
        return min(_number(self._stored.value("minutes", "0")) or 0, _MOST_MINUTES)

    @minutes.setter
    def minutes(self, minutes: int) -> None:
        self._stored.setValue("minutes", str(minutes))

    @property
    def at_once(self) -> bool:
        """Whether a plan is calculated again by itself after an edit: not, unless chosen."""
        return str(self._stored.value("at_once", "false")) == "true"

    @at_once.setter
    def at_once(self, at_once: bool) -> None:
        self._stored.setValue("at_once", "true" if at_once else "false")

    def columns(self, table: str) -> dict[str, int]:
        """Return the widths that the user gave columns of a table; 0 for a hidden one."""
        kept = str(self._stored.value(f"columns/{table}", ""))
        pairs = (part.partition("=") for part in kept.split(";") if part)
        widths = ((key, _number(width)) for key, _, width in pairs)
        return {key: width for key, width in widths if width is not None and width <= _WIDEST}

    def keep_columns(self, table: str, widths: Mapping[str, int]) -> None:
        """Keep the widths of a table's columns; 0 for a hidden one."""
        written = ";".join(f"{key}={width}" for key, width in widths.items())
        self._stored.setValue(f"columns/{table}", written)

    def window(self) -> QByteArray:
        """Return the window's place and size as Qt kept it; empty for the first time."""
        kept = self._stored.value("window")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_window(self, geometry: QByteArray) -> None:
        """Keep the window's place and size."""
        self._stored.setValue("window", geometry)
