"""What a command writes to: a terminal that lacks letters, or a stream that is closed or full."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

_PLAIN = "opvangplan-plain"
# Signs of our own sentences, for a terminal that has none of them.
_SIGNS: Mapping[str, str] = {
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
    "«": '"',
    "»": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "·": "-",
    "•": "-",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "€": "EUR",
    "§": "par. ",
}


def use_letters_there_are() -> None:
    """Have a terminal without a letter show the nearest it has, instead of ending the program."""
    codecs.register_error(_PLAIN, _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAIN)


def _plainer(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    missing = fault.object[fault.start : fault.end]
    return "".join(map(_plain, missing)), fault.end


def _plain(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in parts if each.isascii()) or "?"


class Output:
    """A stream that goes on when it cannot be written to, and knows that something was lost."""

    def __init__(self, stream: TextIO | None) -> None:
        """Write to a stream; to none where it was closed before the program began."""
        self._stream = stream
        self.lost = False

    def write(self, text: str) -> None:
        """Write a text; `BrokenPipeError` where the reader has gone."""
        try:
            if self._stream is None:
                self.lost = True
            else:
                self._stream.write(text)
        except BrokenPipeError:
            raise
        except (OSError, ValueError):  # full, or closed meanwhile
            self.lost = True

    def flush(self) -> None:
        """Write what is held back; `BrokenPipeError` as above."""
        try:
            if self._stream is not None:
                self._stream.flush()
        except BrokenPipeError:
            raise
        except (OSError, ValueError):
            self.lost = True
            self._let_go()

    def _let_go(self) -> None:
        """Send what is still held back nowhere: the interpreter would try again at its end."""
        with suppress(OSError, ValueError):
            if self._stream is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
