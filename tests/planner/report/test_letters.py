"""Names as people give them, on paper and in charts."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.report.fonts import drawable, known, width_of
from planner.report.paper import Paper
from tests.compared import EMOJI


def test_joined_pictures_come_apart_and_signs_stay() -> None:
    assert "👩👧 twee: [drie]?" == drawable(EMOJI)
    assert "één 🚀 en 🏠" == drawable("één 🚀 en 🏠")


def test_what_would_begin_a_formula_or_be_left_out_is_drawn_as_it_is() -> None:
    assert r"5 \$ en 6 \$" == drawable("5 $ en 6 $")
    assert " _stil" == drawable("_stil")


def test_what_no_font_has_is_a_box() -> None:
    assert "a□b" == known("a\U000130b0b")


@pytest.mark.parametrize("bold", [False, True])
def test_pictures_take_room(*, bold: bool) -> None:
    assert width_of("👧a", 10.0, bold=bold) > width_of("a", 10.0, bold=bold) + 5.0


def test_paper_with_pictures_warns_of_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paper = Paper(EMOJI, "{page}")
    paper.heading(EMOJI)
    paper.paragraph(f"{EMOJI} \U000130b0")
    assert 1 == paper.save(tmp_path / "paper.pdf", {}, "nl")
    assert [] == caplog.records
