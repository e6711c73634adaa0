"""Workbooks written as OpenDocument: the same cells as in Excel's form, here and in LibreOffice."""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language, message
from planner.files.ods_charts import CHART
from planner.files.ods_formats import DATE, FLOAT, PERCENTAGE, TIME, kind_of_numbers, number_style
from planner.files.reading import read_workbook
from planner.files.sweep_book import SweepColumn, write_sweep
from planner.files.writing import write_workbook
from planner.input.book import Book, CellError, RawSheet, RawValue
from tests.planner.files.libreoffice import saved_by_libreoffice

CELLS: dict[tuple[int, int], RawValue] = {
    (1, 1): 'twee  spaties, <teken> & "aanhaling"',
    (2, 1): " eerste regel\ntweede\tregel ",
    (3, 1): 0.1 + 0.2,
    (3, 2): -12345678901,
    (4, 3): True,
    (5, 1): dt.date(2026, 7, 1),
    (5, 2): dt.datetime(2026, 7, 1, 12, 30, 15),  # noqa: DTZ001 - a sheet knows no time zones
    (5, 3): dt.time(8, 15),
    (9, 2): CellError("#N/A"),
    (9, 4): "=1+1 is tekst",
    (40, 1): "ver naar beneden",
}


def cells_of(path: Path) -> dict[str, dict[tuple[int, int], RawValue]]:
    return {sheet.name: dict(sheet.cells) for sheet in read_workbook(path).sheets}


def same(one: RawValue | None, other: RawValue | None) -> bool:
    if type(one) in (int, float) and type(other) in (int, float):
        return math.isclose(float(str(one)), float(str(other)), rel_tol=1e-12, abs_tol=1e-12)
    return one == other and type(one) is type(other)


def test_cells_of_each_kind_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "cells.ods"
    hidden = RawSheet("Het '2e' blad", {(1, 1): 7}, state="hidden")
    write_workbook(path, Book(sheets=(RawSheet("A b", CELLS), hidden)))
    first, second = read_workbook(path).sheets
    assert CELLS == dict(first.cells)
    assert ("Het '2e' blad", {(1, 1): 7}, "hidden") == (second.name, second.cells, second.state)


def test_the_first_bytes_of_an_ods_tell_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cells.ods"
    write_workbook(path, Book(sheets=(RawSheet("A", {(1, 1): 1}),)))
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert ("mimetype", zipfile.ZIP_STORED) == (first.filename, first.compress_type)
        listed = archive.read("META-INF/manifest.xml").decode()
        assert all(f'full-path="{each}"' in listed for each in archive.namelist()[1:5])
    assert b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" == path.read_bytes()[30:84]


def test_a_plan_as_ods_holds_and_is_the_same_in_excels_form_and_in_libreoffice(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = {ending: tmp_path / f"plan.{ending}" for ending in ("ods", "xlsx")}
    book = api.open_workbook(tiny)
    made = api.plan(book)
    for path in written.values():
        api.save_plan(path, book, made, Language.NL, anew=True)
    assert 0 == run(["verify", str(written["ods"])])
    assert "Het plan klopt" in capsys.readouterr().out
    ours = cells_of(written["ods"])
    others = {"xlsx": cells_of(written["xlsx"])}
    if shutil.which("soffice"):
        folder = tmp_path / "office"
        folder.mkdir()
        theirs = saved_by_libreoffice(written["ods"], "xlsx", folder)
        others["office"] = cells_of(theirs)
        assert drawn_in_excels_form(written["xlsx"]) == drawn_in_excels_form(theirs)
    for kind, other in others.items():
        assert list(ours) == list(other), kind
        assert [] == [
            (kind, name, at)
            for name, cells in ours.items()
            for at in {*cells, *other[name]}
            if not same(cells.get(at), other[name].get(at))
        ]
    assert drawn_in_excels_form(written["xlsx"]) == drawn(written["ods"])


Drawn = list[tuple[str, list[str]]]  # of each chart its title, and the cells that its series draw


def drawn_in_excels_form(path: Path) -> Drawn:
    """Return what the charts of an .xlsx draw, in order."""
    found = []
    with zipfile.ZipFile(path) as archive:
        names = [each for each in archive.namelist() if each.startswith("xl/charts/chart")]
        for name in sorted(names):
            chart = archive.read(name).decode()
            title = "".join(re.findall(r"<a:t>([^<]*)</a:t>", chart.partition("</c:title>")[0]))
            values = re.findall(r"<c:(?:val|yVal)>.*?<c:f>([^<]*)</c:f>", chart, re.DOTALL)
            found.append((title, [re.sub("[$']", "", each) for each in values]))
    return sorted(found)


def drawn(path: Path) -> Drawn:
    """Return what the charts of an .ods draw; each is listed and stands in a sheet."""
    found = []
    with zipfile.ZipFile(path) as archive:
        sheets = archive.read("content.xml").decode()
        listed = archive.read("META-INF/manifest.xml").decode()
        for name in archive.namelist():
            if not re.fullmatch(r"Object \d+/content.xml", name):
                continue
            folder = name.partition("/")[0]
            assert f'xlink:href="./{folder}"' in sheets
            assert f'full-path="{folder}/" manifest:media-type="{CHART}"' in listed
            assert f'full-path="{name}"' in listed
            chart = archive.read(name).decode()
            title = re.search(r"<chart:title[^>]*><text:p>([^<]*)", chart)
            values = re.findall(r'values-cell-range-address="([^"]*)"', chart)
            places = [re.sub(r"[$']", "", each).replace(".", "!", 1) for each in values]
            found.append((title[1] if title else "", [_span(each) for each in places]))
    return sorted(found)


def _span(place: str) -> str:
    """Return `Blad!B2:Blad.B9` as Excel writes it."""
    first, _, last = place.partition(":")
    return f"{first}:{last.partition('.')[2]}"


def test_a_chart_of_a_sweep_is_drawn_in_an_ods_as_in_excels_form(
    tmp_path: Path,
) -> None:
    steps = SweepColumn(message("sweep.axis").both, (1.0, 2.0, 3.0), drawn=False)
    moved = [
        SweepColumn(message(f"unit.{each}").both, (10.0, 20.0, 15.0), drawn=True)
        for each in ("beds", "persons", "euro", "months")
    ]
    written = {}
    for ending in ("ods", "xlsx"):
        path = tmp_path / f"sweep.{ending}"
        write_sweep(path, message("sweep.sheet").both, (steps, *moved), (), Language.NL)
        written[ending] = path
    assert drawn_in_excels_form(written["xlsx"]) == drawn(written["ods"])
    with zipfile.ZipFile(written["ods"]) as archive:
        chart = archive.read("Object 1/content.xml").decode()
    assert 'chart:class="chart:scatter"' in chart
    assert "<chart:domain" in chart
    assert 'chart:symbol-name="circle"' in chart


def test_the_command_says_what_an_ods_lacks_and_leaves_an_ods_that_it_reads(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "leeg.ods"
    api.save_book(tmp_path / "in.ods", api.open_workbook(tiny), Language.NL, anew=True)
    plan = ["plan", str(tmp_path / "in.ods"), "--out", str(tmp_path / "in.ods"), "--overwrite"]
    before = (tmp_path / "in.ods").read_bytes()
    assert 2 == run(plan)
    assert before == (tmp_path / "in.ods").read_bytes()
    capsys.readouterr()
    assert 0 == run(["forecast", str(tiny), "--out", str(tmp_path / "prognose.ods"), "--quiet"])
    assert "een .ods is een ander soort bestand" in capsys.readouterr().err
    assert 0 == run(["template", str(target)])
    assert "Locaties" in cells_of(target)
    assert 2 == run(["template", str(tmp_path / "x.docx")])
    assert ".ods" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number_format", "kind", "said"),
    [
        ("General", FLOAT, ""),
        ("#,##0.0###", FLOAT, 'decimal-places="4" number:min-decimal-places="1"'),
        ("#,##0.00,,", FLOAT, 'number:display-factor="1000000"'),
        ("0.0%", PERCENTAGE, "<number:text>%</number:text>"),
        ("yyyy-mm-dd", DATE, '<number:year number:style="long"/><number:text>-</number:text>'),
        ("[$-413]mmm yyyy", DATE, 'number:language="nl"'),
        ("hh:mm:ss", TIME, '<number:minutes number:style="long"/>'),
        ('"€" #,##0;[Red]-"€" #,##0', FLOAT, "<number:text>€ </number:text>"),
        ("# ?/?", FLOAT, ""),
    ],
)
def test_number_formats_are_told_in_the_words_of_opendocument(
    number_format: str, kind: str, said: str
) -> None:
    assert kind == kind_of_numbers(number_format)
    style = number_style("n", number_format)
    assert said in style
    assert bool(said) == bool(style)
