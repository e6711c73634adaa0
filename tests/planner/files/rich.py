"""A workbook that can be planned, with every kind of thing in it that an owner may have put there.

`python -m tests.planner.files.rich FOLDER` writes it, and what LibreOffice makes of it; that
one is kept as tests/files/rich-libreoffice.xlsx, for where LibreOffice is not installed.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import zlib
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.planner.files.gallery.rows import rows_to_plan
from tests.planner.files.libreoffice import saved_by_libreoffice

OWN = "Eigen blad"


def picture() -> bytes:
    """Return a PNG of one red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    head = (1).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
        + chunk(b"IEND", b"")
    )


def write_rich(path: Path, **options: object) -> Path:
    """Write the workbook by xlsxwriter."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy", **options}) as workbook:
        pages: dict[str, Any] = {}
        for name, lines in rows_to_plan().items():
            pages[name] = workbook.add_worksheet(name)
            for at, line in enumerate(lines):
                pages[name].write_row(at, 0, line)
        _locations(workbook, pages["Locaties"])
        _occupancy(workbook, pages["Bezetting"])
        _own_sheet(workbook)
        hidden = workbook.add_worksheet("Verborgen")
        hidden.very_hidden()
        hidden.write_string(0, 0, "niet voor ieders oog")
        sheet = workbook.add_chartsheet("Grafiekblad")
        sheet.set_chart(_chart(workbook))
        workbook.define_name("Tarief", "='Eigen blad'!$B$2")
        workbook.define_name("Locaties!Bedden", "=Locaties!$C$2:$C$3")
        workbook.set_properties({"title": "Van de eigenaar", "author": "Eigenaar"})
        workbook.set_custom_property("Dossier", "2026-17")
        workbook.set_size(1200, 800)
        pages["Bezetting"].activate()
    return path


def _chart(workbook: Any) -> Any:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Locaties!$C$2:$C$3", "name": "Bedden"})
    return chart


def _locations(workbook: Any, page: Any) -> None:
    yellow = workbook.add_format({"bg_color": "yellow", "bold": True, "font_color": "red"})
    page.write_number("C2", 1200, workbook.add_format({"num_format": "#,##0", "border": 2}))
    page.write_string("A2", "L1", yellow)
    page.write_comment("A2", "Bel eerst met de gemeente", {"author": "Eigenaar"})
    page.write_string("G1", "Eigen opmerking", yellow)
    page.write_url("G2", "https://example.org/locatie", string="naar de site")
    page.write_rich_string("G3", "deels ", yellow, "vet", " en weer niet")
    page.write_formula("H2", "=C2*Tarief", None, 2400)
    page.write_array_formula("I2:I3", "{=C2:C3*2}", None, 2400)
    page.write_number("I3", 160)
    page.conditional_format("C2:C3", {"type": "data_bar"})
    page.conditional_format(
        "C2:C3", {"type": "cell", "criteria": ">", "value": 9, "format": yellow}
    )
    page.data_validation("B2:B100", {"validate": "list", "source": ["azc", "emergency_tent"]})
    page.freeze_panes(1, 1)
    page.set_column("A:A", 23, None, {"level": 1})
    page.set_row(1, 31, None, {"level": 1})
    page.protect("geheim", {"format_cells": True})
    page.set_header("&LVan de eigenaar")
    page.set_landscape()
    page.print_area("A1:G3")
    page.insert_image("K2", "dot.png", {"image_data": io.BytesIO(picture())})
    page.insert_textbox("K8", "Let op")
    page.insert_chart("K12", _chart(workbook))
    page.add_sparkline("J2", {"range": "Locaties!C2:C3"})


def _occupancy(workbook: Any, page: Any) -> None:
    headers = [{"header": each} for each in rows_to_plan()["Bezetting"][0]]
    page.add_table("A1:D3", {"columns": headers, "name": "Bezettingen"})
    page.set_tab_color("green")
    page.ignore_errors({"number_stored_as_text": "A1:D9"})
    del workbook


def _own_sheet(workbook: Any) -> None:
    page = workbook.add_worksheet(OWN)
    page.merge_range("A1:D1", "Alleen van mij", workbook.add_format({"bold": True}))
    page.write_number("B2", 2)
    page.write_formula("B3", "=SUM(Locaties!C2:C3)", None, 1280)
    page.write_formula("B4", "=SUM(Bezettingen[Personen])", None, 1040)
    page.write_comment("B2", "een tarief")
    page.write_datetime("B5", dt.datetime(2026, 6, 30), workbook.add_format({"num_format": 14}))  # noqa: DTZ001 - a sheet knows no time zones
    page.insert_chart("F2", _chart(workbook))
    page.autofilter("A2:B5")
    page.set_row(4, None, None, {"hidden": True})


def main() -> None:
    """Write both files to the folder that is named."""
    folder = Path(sys.argv[1])
    rich = write_rich(folder / "rich-libreoffice.xlsx")
    out = folder / "libreoffice"
    out.mkdir()
    saved_by_libreoffice(rich, "xlsx", out)


if __name__ == "__main__":
    main()
