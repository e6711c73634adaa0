"""What the starter data says of sources has both languages, whichever of the two is written."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from planner.core.texts import Text, catalogue
from planner.input.supplied_words import as_supplied, supplied_text

FILES = (
    "parameters.csv", "streams.csv", "stages.csv", "demo_small/parameters.csv",
    "demo_small/ceilings.csv", "demo_national/ceilings.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_source_and_unit_has_both_languages(name: str) -> None:
    written = (files("seeds") / name).read_text(encoding="utf-8")
    for row in csv.DictReader(written.splitlines()):
        text = supplied_text(row["source"])
        assert text.nl != text.en or not row["source"], row["source"]
        assert not row.get("unit") or f"unit.{row['unit']}" in catalogue()


def test_every_source_of_a_figure_of_the_groups_has_both_languages() -> None:
    written = (files("seeds") / "groups_sources.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(written.splitlines()):
        text = supplied_text(row["source"])
        assert text.nl != text.en, row["source"]


def test_either_wording_leads_to_both() -> None:
    text = supplied_text("Directive (EU) 2024/1346 Art 16(2)")
    assert (
        Text("Richtlijn (EU) 2024/1346, artikel 16, lid 2", "Directive (EU) 2024/1346 Art 16(2)")
        == text
    )
    assert text == supplied_text(text.nl)


def test_what_a_plan_of_a_version_before_wrote_is_still_what_was_supplied() -> None:
    """Else its input would count as changed."""
    source = "Regulation (EU) 2024/1351 Art 46(2)"
    assert source == as_supplied("Verordening (EU) 2024/1351 artikel 46, lid 2")
    assert "Verordening (EU) 2024/1351, artikel 46, lid 2" == supplied_text(source).nl
    assert "spreiding van de logaritme" == catalogue()["unit.spread of the logarithm"].nl


def test_a_scaled_figure_keeps_its_number() -> None:
    written = "Synthetic: national 482 scaled to the small demo. Directive (EU) 2024/1346 Art 9(5)"
    text = supplied_text(written)
    assert text.nl.startswith("Verzonnen: landelijk 482, geschaald naar de kleine demo. Richtlijn")
    assert text == supplied_text(text.nl)


def test_the_planners_own_words_stay() -> None:
    assert Text("mijn bron", "mijn bron") == supplied_text("mijn bron")
