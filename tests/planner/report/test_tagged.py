"""The rules of PDF/UA-1 and PDF/A-2a that can be held against a file without a validator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from planner.cli.line import run
from planner.core.texts import Language
from planner.report.paper import Paper, PrintedColumn

LONG = "Een zin die niet op een regel past, want hij gaat maar door en door en nog verder door. "
INSIDE = {"/FontFile", "/FontFile2", "/FontFile3"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paper = Paper("boven", "pagina {page} van {pages}")
    paper.page()
    paper.heading("Titel", 1)
    paper.heading("Zonder niveau twee", 3)
    paper.paragraph(LONG)
    paper.points([LONG, "kort \U000130b0 #let x = [niet] \\ * _ $ @"])
    rows = [[f"rij {at}", str(at)] for at in range(90)]
    paper.table([PrintedColumn("Wat", 3), PrintedColumn("Hoeveel", 1, right=True)], rows)
    axes = paper.drawing(100.0, 200.0, "een rechte lijn omhoog")
    axes.plot([0, 1], [0, 1])
    paper.page()
    paper.heading("Meer", 1)
    out = tmp_path_factory.mktemp("tagged") / "paper.pdf"
    about = {"Title": "De titel", "Subject": "waarover", "Creator": "Opvangplan"}
    pages = paper.save(out, about, "nl")
    assert pages == len(PdfReader(out).pages)
    return out


def root_of(file: Path) -> Any:
    return PdfReader(file).trailer["/Root"]


def elements(of: Any) -> Iterator[Any]:
    """Yield every element of the tree of a document's structure."""
    kids = of.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for each in kids if isinstance(kids, list) else [kids]:
        kid = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(kid, dict) and "/S" in kid:
            yield kid
            yield from elements(kid)


def faults(file: Path, language: Language) -> list[str]:
    """What of both standards does not hold in a file."""
    reader = PdfReader(file)
    root: Any = reader.trailer["/Root"]
    tree = list(elements(root["/StructTreeRoot"]))
    return [*of_document(reader, language), *of_tree(tree), *fonts(reader)]


def of_document(reader: PdfReader, language: Language) -> list[str]:
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    intents = [each.get_object() for each in root.get("/OutputIntents", [])]
    holds = {
        "tagged": bool(root.get("/MarkInfo", {}).get("/Marked")),
        "language": str(root.get("/Lang", "")).startswith(language.value),
        "title shown": bool(root["/ViewerPreferences"]["/DisplayDocTitle"]) and "dc:title" in told,
        "PDF/UA-1": re.search(r"<pdfuaid:part>1<", told) is not None,
        "PDF/A-2": re.search(r"<pdfaid:part>2<", told) is not None,
        "level A": re.search(r"<pdfaid:conformance>A<", told) is not None,
        "output intent": any("/DestOutputProfile" in each for each in intents),
        "open": not reader.is_encrypted and "/AcroForm" not in root,
    }
    return [name for name, there in holds.items() if not there]


def of_tree(tree: Sequence[Any]) -> Iterator[str]:
    level = 0
    for each in tree:
        kind = str(each["/S"])[1:]
        if kind == "Figure" and not str(each.get("/Alt", "")):
            yield "figure without words"
        if kind == "Table" and not any(cell["/S"] == "/TH" for cell in elements(each)):
            yield "table without a header"
        if kind[0] == "H" and kind[1:].isdigit():
            if int(kind[1:]) > level + 1:
                yield f"level {level} to {kind}"
            level = int(kind[1:])


def fonts(reader: PdfReader) -> Iterator[str]:
    """Yield each font that a file only names."""
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for each in resources.get("/Font", {}).values():
            font = each.get_object()
            for inner in font.get("/DescendantFonts", [font]):
                described = inner.get_object().get("/FontDescriptor", {})
                if not INSIDE & set(described.get_object() if described else {}):
                    yield f"font {font['/BaseFont']}"


def test_paper_is_read_aloud_and_kept_for_good(file: Path) -> None:
    assert [] == faults(file, Language.NL)


def test_all_that_is_printed_is_tagged_as_what_it_is(file: Path) -> None:
    tree = list(elements(root_of(file)["/StructTreeRoot"]))
    kinds = [str(each["/S"]) for each in tree]
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert 91 == kinds.count("/TR")
    assert "/H3" not in kinds
    figure = next(each for each in tree if each["/S"] == "/Figure")
    assert "een rechte lijn omhoog" == figure["/Alt"]


def test_the_rules_find_what_is_wrong(file: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=file)
    root: Any = writer.root_object
    del root["/MarkInfo"], root["/OutputIntents"]
    figure = next(each for each in elements(root["/StructTreeRoot"]) if each["/S"] == "/Figure")
    del figure["/Alt"]
    writer.write(tmp_path / "bad.pdf")
    found = faults(tmp_path / "bad.pdf", Language.NL)
    assert {"tagged", "figure without words", "output intent"} == set(found)


def test_every_page_that_is_asked_for_holds_to_them(plan_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    for language in Language:
        asked = ["report", str(plan_file), "--out", str(out), "--language", language.value]
        assert 0 == run(asked)
        assert [] == faults(out, language)
        assert 1 == len(PdfReader(out).pages)
        assert 0 == run([*asked, "--letter"])
        assert [] == faults(out, language)
    assert 0 == run(["report", str(plan_file), "--out", str(out), "--long"])
    assert [] == faults(out, Language.NL)
    assert 2 == run(["report", str(plan_file), "--out", str(out), "--province", "Atlantis"])
