"""Signs that XML cannot hold, as a workbook writes them: `_x000D_` is a carriage return.

So it stands in ECMA-376, part 1, 22.9.2.19 (ST_Xstring). A text that holds such a group of signs by
itself is written with its first sign so: `_x005F_x000D_` is the text `_x000D_`.
"""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BEGUN = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PAIR = re.compile(r"_x([dD][89abAB][0-9A-Fa-f]{2})__x([dD][c-fC-F][0-9A-Fa-f]{2})_")
# XML has none of these but the tab and the line feed; a carriage return becomes a line feed.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATES = range(0xD800, 0xE000)


def decoded(text: str) -> str:
    """Return a text of a workbook as it is meant."""
    if "_x" not in text:
        return text
    return _WRITTEN.sub(_sign, _PAIR.sub(_joined, text))


def encoded(text: str) -> str:
    """Return a text as a workbook has to write it, still without the escapes of XML itself."""
    apart = _BEGUN.sub("_x005F_", text) if "_x" in text else text
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", apart)


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if number in _SURROGATES else chr(number)


def _joined(found: re.Match[str]) -> str:
    """Return the one sign that two halves stand for."""
    high, low = int(found[1], 16), int(found[2], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
