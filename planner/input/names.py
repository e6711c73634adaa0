"""Names as people write them: compared without case, spaces and signs, with the nearest known."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_SIGNS = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff"))
# Between two pictures it makes them one, such as a family; elsewhere nobody sees it.
_JOINER = re.compile("(?<![\u2190-\U0001faff\ufe0f])\u200d|\u200d(?![\u2190-\U0001faff])")
_SPACES = re.compile(r"\s+")

_PARTED = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_SIGNS_BUT_LINES = re.compile(r"[^\w\n]|_")
# Letters of other scripts, and signs, by the letter that they look like.
_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u0451\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0455"
    "\u0458\u0501\u051b\u04bb\u0261\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4"
    "\u03c5\u03c7\u03c9\u0131\u0570\u0585\u057d\u0578",
    "abeekmhopctyxisjdqhgabenikvoptuxwihoun",
)

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


def shape_of(name: str) -> str:
    """Return a name as it looks: without case, accents, signs and what nobody sees."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    seen = "".join(each for each in parts if unicodedata.category(each) not in {"Mn", "Cf"})
    # Between digits a sign matters: 1-1 is not 11.
    return _SIGNS_BUT_LINES.sub("", _PARTED.sub("\n", seen.translate(_ALIKE))) or name


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
