"""Ways to write the gallery's rows: by each library, and by changing the XML afterwards."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pandas as pd
import xlsxwriter

from tests.planner.files.gallery.rows import Rows, plain_rows

Write = Callable[[Path], None]


def openpyxl_book(rows: Rows) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    del workbook["Sheet"]
    for name, lines in rows.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return workbook


def by_openpyxl(path: Path) -> None:
    openpyxl_book(plain_rows()).save(path)


def by_xlsxwriter(path: Path, **options: object) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy", **options}) as workbook:
        for name, lines in plain_rows().items():
            sheet = workbook.add_worksheet(name)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)


def in_little_memory(path: Path) -> None:
    by_xlsxwriter(path, constant_memory=True)


def counting_from_1904(path: Path) -> None:
    by_xlsxwriter(path, date_1904=True)


def by_pandas(engine: Literal["openpyxl", "xlsxwriter"]) -> Write:
    def write(path: Path) -> None:
        with pd.ExcelWriter(path, engine=engine, datetime_format="yyyy-mm-dd") as writer:
            for name, (header, *lines) in plain_rows().items():
                frame = pd.DataFrame(lines, columns=header)
                frame.to_excel(writer, sheet_name=name, index=False)

    return write


def rows_changed(change: Callable[[Rows], object]) -> Write:
    """Write the rows after a change to them."""

    def write(path: Path) -> None:
        rows = plain_rows()
        change(rows)
        openpyxl_book(rows).save(path)

    return write


def book_changed(change: Callable[[openpyxl.Workbook], object]) -> Write:
    """Write the rows after a change to the workbook."""

    def write(path: Path) -> None:
        workbook = openpyxl_book(plain_rows())
        change(workbook)
        workbook.save(path)

    return write


def parts_changed(
    change: Callable[[str, bytes], bytes | None], write_first: Callable[[Path], object]
) -> Write:
    """Write a file and change its parts; a part that becomes nothing is left out."""

    def write(path: Path) -> None:
        write_first(path)
        out = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
            for part in old.namelist():
                content = change(part, old.read(part))
                if content is not None:
                    new.writestr(part, content, zipfile.ZIP_DEFLATED)
        path.write_bytes(out.getvalue())

    return write


def sheets_changed(
    pattern: bytes, replacement: bytes, first: Callable[[Path], object] = by_openpyxl
) -> Write:
    """Write a file and replace a pattern in the XML of its sheets."""

    def change(part: str, content: bytes) -> bytes:
        if not part.startswith("xl/worksheets/sheet"):
            return content
        return re.sub(pattern, replacement, content)

    return parts_changed(change, first)


def prefixed(part: str, content: bytes) -> bytes:
    """Give every element of a sheet a prefix, as some programs do."""
    if not part.startswith("xl/worksheets/sheet"):
        return content
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
    return content.replace(b" xmlns=", b" xmlns:x=")


def with_macros(part: str, content: bytes) -> bytes:
    """Make a workbook one with macros, as far as its parts tell."""
    if part == "[Content_Types].xml":
        plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        more = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        return content.replace(plain, macros).replace(b"</Types>", more + b"</Types>")
    return content


def macro_workbook(path: Path) -> None:
    parts_changed(with_macros, by_openpyxl)(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"no macro is ever run")


def written(value: object, decimal: str) -> str:
    """Return a value as it stands in a text file."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    return str(value)


def text_file(  # noqa: PLR0913 - what a text file is made of
    sheet: str,
    delimiter: str,
    *,
    encoding: str = "utf-8",
    decimal: str = ",",
    first: str = "",
    change: Callable[[list[list[Any]]], object] = lambda _: None,
) -> Write:
    """Write one of the sheets as a text file."""

    def write(path: Path) -> None:
        lines = plain_rows()[sheet]
        change(lines)
        text = "".join(
            delimiter.join(written(value, decimal) for value in line) + "\r\n" for line in lines
        )
        path.write_bytes((first + text).encode(encoding))

    return write


def whole(content: bytes) -> Write:
    """Write a file that is nothing but these bytes."""

    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def kept(name: str) -> Write:
    """Give a file that another program wrote and that is kept with the tests."""

    def write(path: Path) -> None:
        path.write_bytes((Path(__file__).parents[3] / "files" / "gallery" / name).read_bytes())

    return write
