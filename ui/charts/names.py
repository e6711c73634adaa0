"""Names as a chart can draw them: its fonts do not have every character.

matplotlib takes one font unless told of more. Fonts of symbols that the machine has are asked for
what the first lacks; none is shipped for it. What no font has becomes a box, which is told.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

UNKNOWN = "□"  # stands for characters that no font has
JOINERS = str.maketrans("", "", "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}")
# Fonts of letters and symbols with outlines; those with coloured pictures cannot be drawn.
FALLBACKS = (
    "Segoe UI", "Segoe UI Symbol", "Segoe UI Emoji", "Apple Symbols", "Arial Unicode MS",
    "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Emoji", "Symbola", "Unifont",
)  # fmt: skip


def drawable(name: str) -> str:
    """Return a name with a box for characters that cannot be drawn, and with nothing as a sign.

    A dollar begins a formula in a chart, and a label that begins with an underscore is left out.
    """
    known = _characters()
    parts = []
    for there, run in groupby(name.translate(JOINERS), lambda each: ord(each) in known):
        parts.append("".join(run) if there else UNKNOWN)
    drawn = "".join(parts).replace("$", r"\$")
    return f" {drawn}" if drawn.startswith("_") else drawn


def use_fonts() -> None:
    """Let matplotlib look in the fonts of symbols for what its own lacks."""
    import matplotlib as mpl  # noqa: PLC0415 - loaded when the first chart is drawn

    mpl.rcParams["font.family"] = list(_families())


@cache
def _families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - as above

    there = {each.name for each in fontManager.ttflist}
    return ("DejaVu Sans", *(each for each in FALLBACKS if each in there))


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - as above
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - as above

    found: set[int] = set()
    for family in _families():
        found |= FT2Font(findfont(FontProperties(family=family))).get_charmap().keys()
    return frozenset(found)
