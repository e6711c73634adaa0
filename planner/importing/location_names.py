"""Which location a written name is: by its code, by its name, and which names are alike."""

from __future__ import annotations

import difflib
import re

from planner.input.book import Book
from planner.input.names import plain, shape_of
from planner.input.values import is_empty

_SIGNS = re.compile(r"[\W_]+")
# Words that say what a location is, not which.
_KINDS = frozenset({
    "azc", "col", "pol", "htl", "gl", "vbl", "pbl", "amv", "cno", "no", "demo", "de", "het", "te",
    "locatie", "opvanglocatie", "opvang", "location", "centrum", "asielzoekerscentrum",
    "noodopvang", "crisisnoodopvang",
})  # fmt: skip
_LIKENESS = 0.8


class LocationNames:
    """The locations of a book, and those that a file adds, by every way to write them."""

    def __init__(self, book: Book) -> None:
        """Know the locations of a book."""
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._called: dict[str, str] = {}
        frame = book.frame("locations")
        names = frame["name"] if "name" in frame.columns else [None] * len(frame)
        codes = list(frame["id"]) if "id" in frame.columns else []
        for code, name in zip(codes, names, strict=False):
            if not is_empty(code):
                self.add(str(code), "" if is_empty(name) else str(name))
        self.own = frozenset(self._ids.values())

    def add(self, code: str, name: str) -> None:
        """Know another location; a name that two have points to neither."""
        self._ids.setdefault(plain(code), code)
        self._called[code] = name or code
        if name:
            shape = shape_of(name)
            self._names[shape] = code if self._names.get(shape, code) == code else ""

    def known(self, written: str) -> str | None:
        """Return the location of this code, or of this name; nothing where there is none."""
        return self._ids.get(plain(written)) or self._names.get(shape_of(written)) or None

    def nearest(self, written: str) -> tuple[str, ...]:
        """Return the codes of locations whose names are much like a written one, best first."""
        words = telling_words(written)
        same = [code for code, name in self._called.items() if telling_words(name) == words]
        if same and words:
            return tuple(same)
        if any(letter.isdigit() for letter in written):
            # Codes and numbered names differ by a digit and mean another place.
            return ()
        by_name = {name.casefold(): code for code, name in self._called.items()}
        near = difflib.get_close_matches(written.casefold(), list(by_name), n=3, cutoff=_LIKENESS)
        return tuple(by_name[each] for each in near)


def telling_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that say which location it is, in order of the alphabet."""
    return tuple(sorted(set(filter(None, _SIGNS.split(name.casefold()))) - _KINDS))
