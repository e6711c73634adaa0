"""Names as people write them: compared without case, spaces and signs, with the nearest known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_SIGNS = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff"))
# Between two pictures it makes them one, such as a family; elsewhere nobody sees it.
_JOINER = re.compile("(?<![\u2190-\U0001faff\ufe0f])\u200d|\u200d(?![\u2190-\U0001faff])")
_SPACES = re.compile(r"\s+")

# Below this likeness a suggestion misleads more than it helps.
_LIKENESS = 0.7
# Nothing that is known is much like a longer name, and comparing takes long.
_LONGEST = 200
# Shorter names stand in others by chance.
_SHORTEST = 4


def plain(name: str) -> str:
    """Return a name without case, spaces, underscores, hyphens and other signs."""
    return _SIGNS.sub("", name).casefold()


def tidy(text: str) -> str:
    """Return a text without invisible characters and with single ordinary spaces."""
    return _SPACES.sub(" ", _JOINER.sub("", text.translate(_INVISIBLE))).strip()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like a given one, or nothing where none is much like it.

    The longest that stands in it with other words goes first, as Bedden in "Aantal bedden".
    """
    if len(name) > _LONGEST:
        return None
    by_plain = {plain(each): each for each in known}
    words = _words(name)
    within = [each for each in by_plain.values() if _words(each) < words]
    longest = max(within, key=len, default="")
    if len(longest) >= _SHORTEST:
        return longest
    found = difflib.get_close_matches(plain(name), list(by_plain), n=1, cutoff=_LIKENESS)
    return by_plain[found[0]] if found else None


def _words(name: str) -> frozenset[str]:
    return frozenset(filter(None, _SIGNS.split(name.casefold())))
