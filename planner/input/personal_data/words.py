"""Words that tell of single persons: the headings of their data, and what their names look like.

A heading is judged by its words: it is about persons where some of them name a personal datum, as
"geboorte datum" does, and all others only add to it, as "van de bewoner" does.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from planner.input.names import plain

_WORD = re.compile(r"[^\W\d_]+")
_LONG_NUMBER = re.compile(r"\d{3}")
_MOST_WORDS = 9
_LONGEST_HEADING = 80
_LONGEST_TERM = 4
_KEPT = 20_000

_BIRTH_SHORT = frozenset({"geb", "gebd"})


@cache
def _listed(key: str) -> frozenset[str]:
    """Return the words of a list of `resources/persons.toml`."""
    return _all_lists()[key]


@cache
def _all_lists() -> dict[str, frozenset[str]]:
    content = files("resources").joinpath("persons.toml").read_text(encoding="utf-8")
    return {key: frozenset(words.split()) for key, words in tomllib.loads(content).items()}


def _folded(text: str) -> str:
    """Return a text in small letters without accents and invisible signs."""
    parts = unicodedata.normalize(
        "NFKD", text.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    ).casefold()
    return "".join(each for each in parts if unicodedata.category(each) not in {"Mn", "Cf"})


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded."""
    return tuple(_WORD.findall(_folded(text)))


@lru_cache(maxsize=_KEPT)
def is_personal_heading(text: str) -> bool:
    """Whether a text, as a heading, names something that is known of one person."""
    if len(text) > _LONGEST_HEADING:
        return False
    words = words_of(text)
    if not words or len(words) > _MOST_WORDS or _LONG_NUMBER.search(text):
        return False
    data = _data_words(words)
    about = {at for at, word in enumerate(words) if word in _listed("person")}
    known = (
        data
        | about
        | {at for at, word in enumerate(words) if word in _listed("fillers") | _listed("of_one")}
    )
    if len(known) < len(words):
        return False
    return bool(data) or _is_of_one(words)


def _is_of_one(words: tuple[str, ...]) -> bool:
    """Whether a heading names something of somebody; a number of persons is a count."""
    about = _listed("person").intersection(words)
    pairs = set(pairwise(words))
    if not pairs.isdisjoint({("number", "of"), ("no", "of"), ("nr", "of")}):
        return False
    if about == {"kind"} and not {"name", "names", "of", "number", "id"}.isdisjoint(words):
        return False  # the English word
    return bool(about) and not _listed("of_one").isdisjoint(words)


def _data_words(words: tuple[str, ...]) -> set[int]:
    """Return the places of the words that, joined to their neighbours, name a personal datum."""
    found: set[int] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_TERM, len(words)) + 1):
            if "".join(words[start:end]) in _listed("data"):
                found.update(range(start, end))
    return found


@lru_cache(maxsize=_KEPT)
def may_head(text: str) -> bool:
    """Whether a text may be a heading that matters here: of personal data, or of remarks."""
    return len(text) <= _LONGEST_HEADING and (
        is_personal_heading(text)
        or names_one_person(text)
        or is_short_for_birth(text)
        or is_remark_heading(text)
    )


@lru_cache(maxsize=_KEPT)
def names_one_person(text: str) -> bool:
    """Whether a heading is one word for somebody, such as Bewoner."""
    return plain(_folded(text)) in _listed("one_person")


@lru_cache(maxsize=_KEPT)
def is_short_for_birth(text: str) -> bool:
    """Whether a heading may be short for a day of birth; above other things than days it is not."""
    return plain(_folded(text)) in _BIRTH_SHORT


@lru_cache(maxsize=_KEPT)
def is_remark_heading(text: str) -> bool:
    """Whether what stands below a heading are remarks."""
    return plain(text) in _listed("remarks")


_NAME_HEADINGS = frozenset({"naam", "namen", "name", "names", "wie", "who", "persoon", "person"})


def tells_other_numbers(text: str) -> bool:
    """Whether a heading, or the words before a number, say that it is an organisation's."""
    return not _listed("other_numbers").isdisjoint(words_of(text))


def tells_amounts(text: str) -> bool:
    """Whether a heading says that numbers below it are amounts."""
    return "€" in text or not _listed("amounts").isdisjoint(words_of(text))


def tells_phones(text: str) -> bool:
    """Whether a heading says that numbers below it are for calling."""
    return not _listed("phones").isdisjoint(words_of(text))


def tells_organisations(text: str) -> bool:
    """Whether a heading says that what stands below it is an organisation, or who speaks for it."""
    return not _listed("organisations").isdisjoint(words_of(text))


def tells_names(text: str) -> bool:
    """Whether a heading says that names stand below it, of whatever."""
    return plain(text) in _NAME_HEADINGS


def tells_other_days(text: str) -> bool:
    """Whether a heading says that days below it are of contracts, buildings and the like."""
    return not _listed("other_days").isdisjoint(words_of(text))


_PARTICLES = (
    "van", "de", "der", "den", "het", "ten", "ter", "te", "in", "op", "el", "al", "bin", "ben",
    "ibn", "abu", "von", "zu", "le", "la", "du", "da", "dos", "'t", "aan", "uit",
)  # fmt: skip
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.){1,5}|[^\W\d_a-z]{1,3}\.?")
_MOST_NAME_WORDS = 7
_FEWEST_NAME_WORDS = 2


@lru_cache(maxsize=_KEPT)
def looks_like_a_person(text: str) -> bool:
    """Whether a text is like somebody's name: capitalised words and nothing of an organisation."""
    words = text.replace(",", " ").split()
    own = [word for word in words if _folded(word) not in _PARTICLES]
    return (
        bool(own)
        and _FEWEST_NAME_WORDS <= len(words) <= _MOST_NAME_WORDS
        and all(_CAPITALISED.fullmatch(w) or _INITIALS.fullmatch(w) for w in own)
        and _listed("no_person").isdisjoint(words_of(text))
    )


@lru_cache(maxsize=_KEPT)
def is_surely_a_person(text: str) -> bool:
    """Whether a text is like a name with a common given name or with initials."""
    words = text.replace(",", " ").split()
    if (
        not words
        or len(words) > _MOST_NAME_WORDS
        or not _listed("no_person").isdisjoint(words_of(text))
    ):
        return False
    given = any(_folded(word) in _listed("given") for word in words)
    if len(words) == 1:
        return given
    initials = any(re.fullmatch(r"(?:[^\W\d_a-z]\.){1,5}", word) for word in words)
    return (given or initials) and looks_like_a_person(text)
