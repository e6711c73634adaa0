"""The report as a text to write on in: the same words as on paper, in the form ODF asks for."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from planner.cli import run
from planner.report.paper import Paper, PrintedColumn

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def part(path: Path, name: str) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - written by ourselves


def words(path: Path) -> list[str]:
    """What stands in a text, paragraph by paragraph."""
    content = part(path, "content.xml")
    found = (each for each in content.iter() if each.tag in {f"{TEXT}p", f"{TEXT}h"})
    return ["".join(_letters(each)) for each in found]


def _letters(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        if each.tag == f"{TEXT}s":
            yield " " * int(each.get(f"{TEXT}c", "1"))
        elif each.tag.startswith(TEXT):
            yield from _letters(each)
        yield each.tail or ""


def paper_of_each_block() -> Paper:
    paper = Paper("Plan & <meer>", "Pagina {page} van {pages}")
    paper.page()
    paper.heading("Kop", 1)
    paper.paragraph("Twee  spaties & <teken>")
    paper.points(["een", "twee"])
    paper.page()
    paper.heading("Tabel", 2)
    paper.table(
        [PrintedColumn("Locatie", 3.0), PrintedColumn("Bedden", 1.0, right=True)], [("L1", "1.200")]
    )
    paper.drawing(80.0, alt="bedden per maand").plot([1, 2], [3, 4])
    return paper


def test_every_block_of_the_paper_stands_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "paper.odt"
    assert 2 == paper_of_each_block().save(path, {"Title": "Titel"}, "nl")
    asked = ["Kop", "Twee  spaties & <teken>", "een", "twee", "Tabel"]
    asked += ["Locatie", "Bedden", "L1", "1.200"]
    assert asked == [each for each in words(path) if each]
    content = part(path, "content.xml")
    levels = [each.get(f"{TEXT}outline-level") for each in content.iter(f"{TEXT}h")]
    assert ["1", "2"] == levels
    assert 1 == len(list(content.iter(f"{TABLE}table-header-rows")))
    assert ["bedden per maand"] == [each.text for each in content.iter(f"{SVG}title")]
    # The second page begins with the heading of the table.
    begins = [each.get(f"{TEXT}style-name") for each in content.iter(f"{TEXT}h")]
    assert ["Heading_20_1", "Heading_20_2_break"] == begins


def test_every_style_that_a_text_uses_is_there_and_every_part_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "paper.odt"
    paper_of_each_block().save(path, {"Title": "Titel"}, "nl")
    content, styles = part(path, "content.xml"), part(path, "styles.xml")
    made = {
        each.get(f"{STYLE}name")
        for root in (content, styles)
        for each in root.iter()
        if each.get(f"{STYLE}name")
    }
    used = {
        value
        for each in content.iter()
        for key, value in each.attrib.items()
        if key.endswith("}style-name")
    }
    assert used <= made
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        listed = archive.read("META-INF/manifest.xml").decode()
        (width, _) = struct.unpack(">II", archive.read("Pictures/drawing1.png")[16:24])
    assert ("mimetype", "META-INF/manifest.xml") == (names[0], names[-1])
    assert all(f'full-path="{each}"' in listed for each in names[1:-1])
    assert width > 1000  # sharp on paper


@pytest.mark.parametrize("which", [(), ("--letter",)])
def test_the_page_and_the_letter_are_written_as_text(
    plan_file: Path, tmp_path: Path, which: tuple[str, ...]
) -> None:
    path = tmp_path / "out.odt"
    assert 0 == run(["report", str(plan_file), "--out", str(path), *which])
    told = " ".join(words(path))
    assert ("20, lid 10" in told or "20(10)" in told) if which else "Te besluiten" in told
    assert 2 == run(["report", str(plan_file), "--out", str(tmp_path / "out.docx"), *which])
    assert not (tmp_path / "out.docx").exists()
