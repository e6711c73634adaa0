"""OpenDocument spreadsheets that were made to hang a reader or to fill its memory."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.fuzz.bases import KEPT
from tests.fuzz.packing import zipped, zipped_with_blanks

Chance = random.Random  # noqa: S311 - no secrets here
Write = Callable[[Path, Chance], None]
Change = Callable[[bytes, Chance], bytes]


@cache
def _open_document() -> dict[str, bytes]:
    with zipfile.ZipFile(KEPT / "plain.ods") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_content(change: Change) -> Write:
    """Write an OpenDocument spreadsheet with its content changed."""

    def write(path: Path, chance: Chance) -> None:
        parts = dict(_open_document())
        parts["content.xml"] = change(parts["content.xml"], chance)
        zipped(path, parts)

    return write


def blown_up(path: Path, chance: Chance) -> None:
    """Write a spreadsheet with a part of up to a gigabyte."""
    parts = dict(_open_document())
    name = chance.choice(("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml"))
    zipped_with_blanks(path, parts, name, chance)


_HIDDEN_COLUMNS = (
    b'<table:table-column table:number-columns-repeated="16384" table:visibility="collapse"/>'
)
_SPAN = (
    b'<table:table-row><table:table-cell table:number-columns-spanned="16384" '
    b'table:number-rows-spanned="1048576"/></table:table-row>'
)
_SAME_ROWS = (
    b'<table:table-row table:number-rows-repeated="60"><table:table-cell '
    b'office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    b"</table:table-row>"
)


def tables(part: bytes, chance: Chance) -> bytes:
    """Return content with many tables, each with something repeated as often as can be."""
    inner = chance.choice(
        (
            b'<table:table-row table:number-rows-repeated="1048576" table:visibility="collapse"/>',
            _HIDDEN_COLUMNS,
            _SPAN,
            _SAME_ROWS,
            b"",
        )
    )
    within = chance.choice((1, 3, 1000))
    many = chance.choice((20, 200, 1500))
    tables = b"".join(
        b'<table:table table:name="t%d">%s</table:table>' % (at, inner * within)
        for at in range(many)
    )
    return part.replace(b"</office:spreadsheet>", tables + b"</office:spreadsheet>")


def row_of(part: bytes, chance: Chance) -> bytes:
    """Return content with a row of very many cells, spaces, spans or attributes."""
    inner = chance.choice(
        (
            b"<table:table-cell/>",
            b'<table:table-cell><text:p><text:s text:c="9999"/></text:p></table:table-cell>',
            b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>',
            b'<table:table-cell table:number-columns-repeated="99999999999999999999"/>',
            b"<table:table-cell><text:p>"
            + b"<text:span>" * 30
            + b"</text:span>" * 30
            + b"</text:p></table:table-cell>",
        )
    )
    many = chance.choice((1000, 16_000, 250_000))
    rows = b"<table:table-row>" + inner * many + b"</table:table-row>"
    return part.replace(b"</table:table>", rows + b"</table:table>", 1)


def spaces(part: bytes, chance: Chance) -> bytes:
    """Return content with a cell of very many spaces."""
    many = b'<text:s text:c="1000"/>' * chance.choice((1000, 50_000, 1_200_000))
    cell = b"<table:table-cell><text:p>" + many + b"</text:p></table:table-cell>"
    rows = b"<table:table-row>" + cell + b"</table:table-row>"
    return part.replace(b"</table:table>", rows + b"</table:table>", 1)


def styles(part: bytes, chance: Chance) -> bytes:
    """Return content with very many styles."""
    one = (
        b'<style:style style:name="a"><style:table-properties table:display="false"/></style:style>'
    )
    many = one * chance.choice((1000, 60_000, 600_000))
    return part.replace(b"</office:automatic-styles>", many + b"</office:automatic-styles>")
