"""The colours: every text on every ground it stands on has a contrast of 4.5 to 1 or more."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.still import StillChoice
from ui.theme import _SHEET, DARK, LIGHT, Colours, ColourScheme, Theme, palette

GROUNDS = ("ground", "surface", "raised")
PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "accent", "error", "good") for ground in GROUNDS),
    ("on_accent", "accent"),
    ("on_selected", "selected"),
    ("error", "error_ground"),
    ("remark", "remark_ground"),
    ("good", "good_ground"),
    ("text", "error_ground"),  # a cell of the regret matrix
]
SHAPES = ("edge", "accent", "error", "remark", "good")
RULE = re.compile(r"([^{}]+){{((?:[^{}]|{\w+})*)}}")
COLOUR = re.compile(r"(?<![-\w])(color|background): {(\w+)}")
# What people see who lack one sort of cone (Machado and others, 2009), in linear light.
LACKING = {
    "red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998)),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
              (-0.011820, 0.042940, 0.968881)),
    "blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
             (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
APART = 0.05  # between two colours as seen, of the way from black to white
ENOUGH = 4.5
ENOUGH_FOR_SHAPES = 3.0


def linear(colour: str) -> tuple[float, ...]:
    shown = QColor(colour)
    parts = (shown.redF(), shown.greenF(), shown.blueF())
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def luminance(colour: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    return sum(weight * part for weight, part in zip(weights, linear(colour), strict=True))


def as_seen(colour: str, lacking: str) -> tuple[float, ...]:
    """A colour as someone sees it who lacks a sort of cone, in steps that look alike."""
    light = linear(colour)
    seen = (sum(a * b for a, b in zip(row, light, strict=True)) for row in LACKING[lacking])
    return tuple(max(part, 0.0) ** (1 / 2.4) for part in seen)


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
@pytest.mark.parametrize("lacking", LACKING)
def test_chart_colours_are_told_apart_with_fewer_colours(colours: Colours, lacking: str) -> None:
    for one, other in itertools.combinations(colours.series, 2):
        seen = as_seen(one, lacking), as_seen(other, lacking)
        assert math.dist(*seen) / math.sqrt(3) >= APART, (one, other)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", SHAPES)
def test_edges_and_marks_stand_out_from_every_ground(colours: Colours, shape: str) -> None:
    for ground in GROUNDS:
        ratio = contrast(getattr(colours, shape), getattr(colours, ground))
        assert ratio >= ENOUGH_FOR_SHAPES


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_rule_of_the_style_sheet_writes_readably_on_its_ground(colours: Colours) -> None:
    found = 0
    for selector, rule in RULE.findall(_SHEET):
        pairs = dict(COLOUR.findall(rule))
        if {"color", "background"} <= pairs.keys():
            found += 1
            ratio = contrast(
                getattr(colours, pairs["color"]), getattr(colours, pairs["background"])
            )
            assert ratio >= ENOUGH, selector.strip()
    assert found > 10


@pytest.mark.parametrize("look", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_an_icon_that_cannot_be_pressed_is_seen_on_its_ground(
    qapp: object, look: ColourScheme
) -> None:
    """What is white on the main button too: its ground is pale then."""
    del qapp
    theme = Theme(look)
    colours = theme.colours
    for icon in (theme.icon("export"), theme.mark("export", colours.on_accent)):
        picture = icon.pixmap(64, 64, QIcon.Mode.Disabled).toImage()
        drawn = [picture.pixelColor(x, y) for x in range(64) for y in range(64)]
        ink = max(drawn, key=QColor.alphaF)
        assert contrast(over(ink, colours.ground), colours.ground) >= ENOUGH_FOR_SHAPES


def over(ink: QColor, ground: str) -> str:
    """Return what an ink that lets something through comes to on a ground."""
    below, share = QColor(ground), ink.alphaF()
    parts = (
        (ink.redF(), below.redF()),
        (ink.greenF(), below.greenF()),
        (ink.blueF(), below.blueF()),
    )
    return QColor.fromRgbF(*(share * a + (1 - share) * b for a, b in parts)).name()


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
        for value in colours:
            for colour in value if isinstance(value, tuple) else (value,):
                assert QColor(colour).isValid()


def test_a_look_is_told_to_the_views(theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    theme.choose(ColourScheme.DARK)
    assert DARK is theme.colours
    theme.choose(ColourScheme.LIGHT)
    assert LIGHT is theme.colours
    assert [True, True] == told


@pytest.mark.parametrize("count", [8, 30])
def test_a_list_to_choose_from_shows_all_that_fits_and_a_bar_for_what_does_not(
    qtbot: QtBot, theme: Theme, count: int
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    choice = StillChoice()
    choice.addItems([f"locatie {at}" for at in range(count)])
    QVBoxLayout(page).addWidget(choice)
    theme.dress(page)
    page.show()
    choice.showPopup()
    view = choice.view()
    assert (count > choice.maxVisibleItems()) == view.verticalScrollBar().isVisible()
    line = view.visualRect(choice.model().index(0, 0)).height()
    assert line >= view.fontMetrics().height() + 6  # of padding
    assert view.viewport().height() >= min(count, choice.maxVisibleItems()) * line
    choice.hidePopup()
