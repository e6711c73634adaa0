"""The colours: every text on every ground it stands on has a contrast of 4.5 to 1 or more."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QPalette

from ui.theme import DARK, LIGHT, Colours, Look, Theme, palette

GROUNDS = ("ground", "surface", "raised")
PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "accent", "error", "good") for ground in GROUNDS),
    ("on_accent", "accent"),
    ("on_selected", "selected"),
    ("error", "error_ground"),
    ("remark", "remark_ground"),
    ("good", "good_ground"),
]
ENOUGH = 4.5
ENOUGH_FOR_SHAPES = 3.0


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    shown = QColor(colour)
    parts = (shown.redF(), shown.greenF(), shown.blueF())
    return sum(
        weight * linear(part) for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert 21.0 == round(contrast("#ffffff", "#000000"), 2)
    assert 4.48 == round(contrast("#777777", "#ffffff"), 2)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_readable(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= ENOUGH


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_chart_colours_stand_out_from_the_ground(colours: Colours) -> None:
    for colour in colours.series:
        assert contrast(colour, colours.surface) >= ENOUGH_FOR_SHAPES


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_uses_the_colours(colours: Colours) -> None:
    made = palette(colours)
    for role, colour in (
        (QPalette.ColorRole.WindowText, colours.text),
        (QPalette.ColorRole.Window, colours.ground),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.Highlight, colours.selected),
    ):
        assert QColor(colour) == made.color(role)


def test_every_colour_is_a_colour() -> None:
    for colours in (LIGHT, DARK):
        for each in fields(colours):
            value = getattr(colours, each.name)
            for colour in value if isinstance(value, tuple) else (value,):
                assert QColor(colour).isValid()


def test_a_look_is_told_to_the_views(theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    theme.choose(Look.DARK)
    assert DARK is theme.colours
    theme.choose(Look.LIGHT)
    assert LIGHT is theme.colours
    assert [True, True] == told
