"""Names of plans as a chart can draw them: its font does not have every character."""

from __future__ import annotations

from functools import cache
from itertools import groupby

UNKNOWN = "□"  # stands for characters that the font lacks
JOINERS = str.maketrans("", "", "\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}")


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


@cache
def _characters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont  # noqa: PLC0415 - loaded when the first chart is drawn
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - as above

    return frozenset(FT2Font(findfont(FontProperties())).get_charmap())
