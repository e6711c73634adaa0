"""Personal data within texts and numbers: service numbers, V-numbers, days of birth, addresses.

A citizen service number (BSN) has nine digits, the first of which may be 0, and passes the eleven
test: nine times the first digit, eight times the second, down to twice the eighth, less the last,
is a multiple of eleven. One in eleven other numbers passes too, and so do the numbers of
organisations (RSIN), so what stands beside a number counts as well.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache
from math import comb

from planner.core.texts import Text
from planner.input.personal_data.words import (
    is_surely_a_person,
    looks_like_a_person,
    tells_amounts,
    tells_other_numbers,
)

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MODULUS = 11
_DIGITS, _V_DIGITS = 9, 10
_FEWEST_DIGITS = 8
_KEPT = 20_000
_CHANCE = 1 / _MODULUS


class Sort(Enum):
    """Sorts of personal data, by the words for them."""

    SERVICE_NUMBER = Text("BSN", "BSN")
    V_NUMBER = Text("V-nummer", "V-number")
    BIRTH = Text("geboortedatum", "date of birth")
    EMAIL = Text("e-mailadressen van personen", "e-mail addresses of persons")
    PHONE = Text("telefoonnummers van personen", "phone numbers of persons")
    ADDRESS = Text("adressen van personen", "addresses of persons")


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits may be a citizen service number; eight have lost a 0 before them."""
    digits = digits.zfill(_DIGITS)
    if len(digits) != _DIGITS or digits == "0" * _DIGITS:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return total % _MODULUS == 0


def beyond_chance(passing: int, of: int, least: float) -> bool:
    """Whether so many numbers that pass are likelier than `least` to be no accident."""
    tail = sum(comb(of, k) * _CHANCE**k * (1 - _CHANCE) ** (of - k) for k in range(passing, of + 1))
    return passing > 0 and tail < least


def cleaned(text: str) -> str:
    """Return a text with ordinary digits, letters, hyphens and spaces, nothing invisible."""
    if text.isascii():
        return text
    usual = unicodedata.normalize("NFKC", text)
    return _HYPHEN.sub("-", _UNSEEN.sub("", usual))


_HYPHEN = re.compile("[\u2010-\u2015\u2212]")
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff]")

_DAY = (
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"\d{1,2}[ .-](?:jan|feb|mrt|mar|maart|apr|mei|may|jun|jul|aug|sep|oct|okt|nov|dec)"
    r"[a-z]{0,7}\.?[ -]\d{2,4})"
)
_FULL_DAY = re.compile(_DAY, re.IGNORECASE)
_YEAR = re.compile(r"(?:19[0-9]{2}|20[0-2][0-9])")
_BORN = re.compile(
    r"\b(?:geb(?:oren|oortedatum|\.? ?datum|\.? ?dat)?|born|date of birth|birth ?date|dob|d\.o\.b)"
    r"\b[.:]{0,2} {0,3}(?:op|on|in|te|is|:|=)? {0,2}(?:" + _DAY + r"|(?:19\d{2}|200\d|201[0-2])\b)",
    re.IGNORECASE,
)
_BIRTH_SIGN = re.compile(r"[*°] ?(?:\d{1,2}[-/. ]){2}((?:19|20)\d{2})\b")
_FOUR_DIGITS = re.compile(r"(?:\d\D*){4}")
_SERVICE_WORD = re.compile(
    r"(?<![^\W\d_])(?:bsn|sofi|burger ?service|citizen service|social security)", re.IGNORECASE
)
# Parted as people do: 123456782, 123.456.782, 1234.56.782, 12 34 56 782.
_NINE = re.compile(r"(?<![\w/=+.,:%&?#-])(?:\d[ ./-]?){7,8}\d(?![\d%]|[.,/-]\d|[ ]\d)")
_NINE_SOMEWHERE = re.compile(r"(?<!\d)(?:\d[ ./-]{0,2}){7,8}\d(?!\d)")
_IN_THOUSANDS = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_V_WORD = re.compile(
    r"(?<![^\W\d_])(?:v-? ?n(?:umme)?r\.?s?|vreemdelingen?(?:nummer|nr))"
    r"[ .:=#]{0,3}\d[\d. -]{5,12}",
    re.IGNORECASE,
)
_V_NUMBER = re.compile(r"(?<![\w.-])[Vv][-. ]?\d{3}[. -]?\d{3}[. -]?\d{1,4}(?![\w]|[.,-]\d)")
_V_PARTED = re.compile(r"(?<![\w./,+-])[1-9]\d{2}([. -])\d{3}\1\d{4}(?![\w]|[.,-]\d)")
_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?:\+|00)\d{9,14}|0\d{9}")
_MOBILE = re.compile(r"(?:\+?|00)(?:31)?0?6\d{8}")
_PHONE_SIGNS = re.compile(r"[ ().-]")
_STREET = re.compile(r"[^\W\d_][^\d,]{2,40} \d{1,5}(?: ?[a-zA-Z]{1,4})?(?:[-/ ]\d{1,4})?(?:,.*)?")
_AFTER_AMOUNT = re.compile(
    r" ?(?:€|eur|euro|%|m2|m²|personen|mensen|plaatsen|bedden|people|places)"
)
_WORDS_BEFORE = 40


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())


@lru_cache(maxsize=_KEPT)
def data_in(text: str) -> Sort | None:
    """Return what in a text is surely a personal datum, if anything."""
    if _FOUR_DIGITS.search(text) is None:
        return None
    text = cleaned(text)
    if _SERVICE_WORD.search(text) and any(
        len(_digits(each)) in {_FEWEST_DIGITS, _DIGITS} for each in _NINE_SOMEWHERE.findall(text)
    ):
        return Sort.SERVICE_NUMBER
    if _V_WORD.search(text) or _V_NUMBER.search(text):
        return Sort.V_NUMBER
    if _BORN.search(text) or _marked_birth(text) or _name_and_day(text):
        return Sort.BIRTH
    return _number_in(text)


def _marked_birth(text: str) -> bool:
    return any(is_year_of_birth(int(each)) for each in _BIRTH_SIGN.findall(text))


def datum_in_label(text: str) -> Sort | None:
    """Return what in a label, which no column explains, is a personal datum: also a lone number."""
    digits = number_alone(text)
    if len(digits) == _DIGITS and passes_eleven_test(digits):
        return Sort.SERVICE_NUMBER
    return data_in(text)


def year_in(text: str) -> int | None:
    """Return the year of a text that is nothing but a day."""
    day = cleaned(text).strip()
    found = _YEAR.search(day)
    return int(found[0]) if found and _FULL_DAY.fullmatch(day) else None


def _name_and_day(text: str) -> bool:
    """Whether a text begins with a name and goes on with a day on which a person may be born."""
    found = _FULL_DAY.search(text)
    if found is None:
        return False
    year = _YEAR.search(found[0])
    if year is None or not is_year_of_birth(int(year[0])):
        return False
    before = text[: found.start()].rstrip(" ,;(-*")
    # A place is like a name, and its days are those of contracts.
    old = int(year[0]) <= _LONG_AGO
    return is_surely_a_person(before) or (old and looks_like_a_person(before))


_LONG_AGO = 2000


def is_year_of_birth(year: int) -> bool:
    """Whether a year is one of births and hardly one that is planned for."""
    return 1900 <= year <= 2012  # noqa: PLR2004 - a location of before 2013 is rare


def _number_in(text: str) -> Sort | None:
    """Return what a number within other words is; one alone in its cell is judged by its column."""
    for found in _NINE.finditer(text):
        before = text[max(0, found.start() - _WORDS_BEFORE) : found.start()]
        after = text[found.end() :]
        alone = not (text[: found.start()] + after).strip(" .,;:#()'\"")
        digits = _digits(found[0])
        if alone or len(digits) != _DIGITS or not passes_eleven_test(digits):
            continue
        if tells_other_numbers(before) or tells_amounts(before) or _AFTER_AMOUNT.match(after):
            continue
        if _IN_THOUSANDS.fullmatch(found[0]) and not looks_like_a_person(before.strip(" ,;:(-")):
            continue
        return Sort.SERVICE_NUMBER
    if _V_PARTED.search(text) and not tells_amounts(text):
        return Sort.V_NUMBER
    return None


@lru_cache(maxsize=_KEPT)
def number_alone(text: str) -> str:
    """Return the digits of a text that is nothing but a number of eight to ten; else nothing."""
    if len(text) > len("00 00 00 000 (0)") * 2:
        return ""
    bare = cleaned(text).strip(" .,;:#()'\"=")
    digits = _digits(bare)
    if not _FEWEST_DIGITS <= len(digits) <= _V_DIGITS:
        return ""
    return digits if re.fullmatch(r"(?:\d[ ./-]?)+", bare) else ""


@lru_cache(maxsize=_KEPT)
def emails_in(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses in a text."""
    if "@" not in text:
        return ()
    words = (each.strip("<>()[],;:'\"") for each in cleaned(text).split() if "@" in each)
    return tuple(each for each in words if len(each) <= _LONGEST_EMAIL and _EMAIL.fullmatch(each))


# Whoever writes from here writes for himself.
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|mac|proton|protonmail|gmx|aol|"
    r"mail|yandex|ziggo|kpnmail|kpnplanet|planet|hetnet|home|casema|chello|upcmail|quicknet|xs4all|"
    r"tele2|telfort|zonnet|online|caiway|solcon|freedom)\.[a-z.]{2,6}$",
    re.IGNORECASE,
)


def is_private(email: str) -> bool:
    """Whether an e-mail address is one that persons have, not organisations."""
    return _PRIVATE.search(email) is not None


@lru_cache(maxsize=_KEPT)
def is_phone(text: str) -> bool:
    """Whether a text is a phone number."""
    return len(text) <= len("+00 (0)00 000 00 000") * 2 and bool(
        _PHONE.fullmatch(_PHONE_SIGNS.sub("", cleaned(text).replace("(0)", "")))
    )


@lru_cache(maxsize=_KEPT)
def is_mobile(text: str) -> bool:
    """Whether a text is the number of a mobile phone, also one that lost its 0."""
    return len(text) <= len("+00 (0)00 000 00 000") * 2 and bool(
        _MOBILE.fullmatch(_PHONE_SIGNS.sub("", cleaned(text).replace("(0)", "")))
    )


@lru_cache(maxsize=_KEPT)
def is_street(text: str) -> bool:
    """Whether a text is a street with a number of a house."""
    return len(text) <= 100 and _STREET.fullmatch(cleaned(text)) is not None  # noqa: PLR2004 - said
