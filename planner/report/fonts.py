"""The letters of paper and charts: DejaVu Sans, and other fonts for what it lacks.

Noto Emoji is shipped, for pictures; fonts of symbols that the machine has are asked after it. What
no font has becomes a box.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

UNKNOWN = "□"  # stands for characters that no font has
_JOINERS = str.maketrans("", "", "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}")
_TEXT, _PICTURES = "DejaVu Sans", "Noto Emoji"
# Fonts of letters and symbols with outlines; those with coloured pictures cannot be drawn.
_OTHERS = (
    "Segoe UI", "Segoe UI Symbol", "Segoe UI Emoji", "Apple Symbols", "Arial Unicode MS",
    "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Symbola", "Unifont",
)  # fmt: skip
_INCH, _MEASURED = 72.0, 100.0


def use_letters(figure: Figure) -> None:
    """Have every text of a figure take its letters from all of these fonts."""
    for text in figure.findobj(Text):
        text.set_fontfamily(list(_families()))


@cache
def _families() -> tuple[str, ...]:
    """Make the shipped font known, and return the fonts that there are, in order."""
    with as_file(files("resources") / "fonts" / "NotoEmoji.ttf") as path:
        fontManager.addfont(path)
    # It has one weight, which stands for bold too: otherwise each bold picture is warned of.
    fontManager.ttflist.append(replace(fontManager.ttflist[-1], weight="bold"))
    there = {each.name for each in fontManager.ttflist}
    return (_TEXT, _PICTURES, *(each for each in _OTHERS if each in there))


def drawable(text: str) -> str:
    """Return a text as it can be drawn: a box for what no font has, pictures one by one.

    A dollar begins a formula in a drawing, and a label that begins with an underscore is left out.
    """
    drawn = known(text).replace("$", r"\$")
    return f" {drawn}" if drawn.startswith("_") else drawn


def known(text: str) -> str:
    """Return a text with a box for characters that no font has; joined pictures come apart."""
    parts = []
    for there, run in groupby(text.translate(_JOINERS), lambda each: _font_of(each) is not None):
        parts.append("".join(run) if there else UNKNOWN)
    return "".join(parts)


def _font_of(letter: str, *, bold: bool = False) -> FT2Font | None:
    """Return the font that has a letter; nothing where none has."""
    return next((each for each in _fonts(bold=bold) if ord(letter) in _characters(each)), None)


@cache
def _fonts(*, bold: bool) -> tuple[FT2Font, ...]:
    weight = "bold" if bold else "normal"
    names = (FontProperties(family=each, weight=weight) for each in _families())
    return tuple(get_font(findfont(each)) for each in names)


@cache
def _characters(font: FT2Font) -> frozenset[int]:
    return frozenset(font.get_charmap())


@cache
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is that is drawn in a size, both in points."""
    return sum(_letter(each, bold=bold) for each in known(text)) * size / _MEASURED


@cache
def _letter(letter: str, *, bold: bool) -> float:
    """Return how wide a letter is at the size that is measured at."""
    font = _font_of(letter, bold=bold)
    if font is None:
        return _MEASURED
    font.set_size(_MEASURED, _INCH)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65_536
