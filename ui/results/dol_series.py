"""The lines of a chart of DOL places by month, called as the columns of the table beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.sheets.result_tables import RESULT_TABLES
from ui.charts.panel import Hue, Series, SeriesStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.words import Words

_DRAWN = (
    ("in_use", SeriesStyle.AREA, Hue.DOL),
    ("prepared", SeriesStyle.STEP, Hue.DOL),
    ("people", SeriesStyle.STEP, Hue.INK),
)


def dol_series(amounts: Mapping[str, tuple[float, ...]], words: Words) -> tuple[Series, ...]:
    """Return what is in use, fitted out and lived in, from the places and people by month."""
    titles = {each.key: words.title(each.title) for each in RESULT_TABLES["dol"].columns}
    return tuple(Series("", amounts[key], style, titles[key], hue) for key, style, hue in _DRAWN)
