"""Pages as an OpenDocument text (.odt), ODF 1.3, to be written on in by whoever sends it.

The blocks are those of the PDF, in the same order: headings by level, lists, tables with a header
row, and drawings as pictures with the words that say what is drawn.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from planner.files.ods_parts import NAMESPACES, manifest, meta_of, settings
from planner.files.ods_writer import inline

OPEN_TEXT = ".odt"

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_COUNTRIES = {"nl": "NL", "en": "GB"}
_INNER = 481.3  # points between the margins of A4
_INK, _MUTED, _RULE, _SHADE = "#1a1a1a", "#555555", "#9aa5b1", "#e8edf3"
_SIZES = {1: 17.0, 2: 12.5, 3: 10.0}
_BODY, _SMALL = 9.5, 8.0
# Styles of paragraphs: the size of their letters, and whether these are bold and muted.
_PARAGRAPHS = {
    "Body": (_BODY, False, False, ""),
    "Small": (_SMALL, False, True, ""),
    "Cell": (_SMALL, False, False, ""),
    "CellRight": (_SMALL, False, False, "end"),
    "Title": (_SMALL, True, False, ""),
    "TitleRight": (_SMALL, True, False, "end"),
    "Running": (_SMALL, False, True, ""),
    "RunningRight": (_SMALL, False, True, "end"),
}
_BREAKING = ("Body", "Small", "Heading_20_1", "Heading_20_2", "Heading_20_3")
_BREAK = "_break"

Block = Mapping[str, Any]


def write_open_text(
    path: Path,
    blocks: Sequence[Block],
    about: Mapping[str, str],
    language: str,
    words: tuple[str, str],
) -> None:
    """Write blocks as a text, in a language said as a code such as `nl`.

    `about` has its `Title` and `Subject`; `words` are what stands above each page, and those of its
    number with `{page}` and `{pages}`. A drawing has its picture, a PNG, under `png`.
    """
    pictures = [block["png"] for block in blocks if block["kind"] == "drawing"]
    names = [f"Pictures/drawing{number}.png" for number in range(1, len(pictures) + 1)]
    title = about.get("Title") or words[0] or "Opvangplan"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and as it is, so that the kind of file can be told from its first bytes.
        archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _content(blocks, names))
        archive.writestr("styles.xml", _styles(language, words))
        subject = about.get("Subject", "")
        archive.writestr("meta.xml", meta_of(title=title, subject=subject, language=language))
        archive.writestr("settings.xml", settings(()))
        for name, picture in zip(names, pictures, strict=True):
            archive.writestr(name, picture, zipfile.ZIP_STORED)
        parts = [(name, "image/png") for name in names]
        archive.writestr("META-INF/manifest.xml", manifest(_MIMETYPE, parts))


def _content(blocks: Sequence[Block], names: Sequence[str]) -> str:
    body = "".join(_written(blocks, iter(names)))
    tables = [block for block in blocks if block["kind"] == "table"]
    styles = "".join(
        f'<style:style style:name="{name}{_BREAK}" style:family="paragraph" '
        f'style:parent-style-name="{name}"><style:paragraph-properties '
        'fo:break-before="page"/></style:style>'
        for name in _BREAKING
    )
    styles += "".join(_table_styles(number, table) for number, table in enumerate(tables, start=1))
    return (
        f"{_DECLARED}<office:document-content {NAMESPACES}><office:automatic-styles>{styles}"
        '<style:style style:name="Head" style:family="table-cell"><style:table-cell-properties '
        f'fo:background-color="{_SHADE}" fo:padding="3pt"/></style:style>'
        '<style:style style:name="Row" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-bottom="0.5pt solid {_RULE}" fo:padding="3pt"/></style:style>'
        '<style:style style:name="Picture" style:family="graphic">'
        '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline"/>'
        "</style:style>"
        '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="\N{BULLET}"><style:list-level-properties '
        'text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        'text:list-tab-stop-position="12pt" fo:text-indent="-12pt" fo:margin-left="12pt"/>'
        "</style:list-level-properties></text:list-level-style-bullet></text:list-style>"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def _written(blocks: Sequence[Block], names: Iterator[str]) -> Iterator[str]:
    """Yield each block as XML; a page begins with the block that comes after it, if any does."""
    begins, anything, tables = False, False, 0
    for block in blocks:
        kind = block["kind"]
        if kind in {"page", "space"}:
            begins = begins or (kind == "page" and anything)
            continue
        if begins and kind not in {"heading", "paragraph"}:
            yield f'<text:p text:style-name="Body{_BREAK}"/>'
            begins = False
        if kind == "table":
            tables += 1
            yield _table(tables, block)
        elif kind == "drawing":
            yield _drawing(block, next(names))
        else:
            yield _words(block, _BREAK if begins else "")
        begins, anything = False, True


def _words(block: Block, after: str) -> str:
    """Return a heading, a paragraph or a list; `after` is what its style's name ends in."""
    if block["kind"] == "heading":
        level = block["level"]
        return (
            f'<text:h text:style-name="Heading_20_{level}{after}" '
            f'text:outline-level="{level}">{inline(block["text"])}</text:h>'
        )
    if block["kind"] == "paragraph":
        return _paragraph(block["text"], ("Small" if block["small"] else "Body") + after)
    items = (_paragraph(text, "Body") for text in block["texts"])
    listed = "".join(f"<text:list-item>{each}</text:list-item>" for each in items)
    return f'<text:list text:style-name="Points">{listed}</text:list>'


def _paragraph(text: str, style: str) -> str:
    return f'<text:p text:style-name="{style}">{inline(text)}</text:p>'


def _table(number: int, block: Block) -> str:
    right = block["right"]
    columns = "".join(
        f'<table:table-column table:style-name="table{number}.{at}"/>' for at in range(len(right))
    )
    head = _row(block["titles"], right, "Head", "Title")
    empty = [""] * len(right)
    rows = "".join(_row(row, right, "Row", "Cell") for row in block["rows"] or [empty])
    return (
        f'<table:table table:name="table{number}" table:style-name="table{number}">{columns}'
        f"<table:table-header-rows>{head}</table:table-header-rows>{rows}</table:table>"
        '<text:p text:style-name="Small"/>'
    )


def _row(cells: Sequence[str], right: Sequence[bool], style: str, words: str) -> str:
    inside = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="string">'
        f"{_paragraph(cell, words + ('Right' if to_right else ''))}</table:table-cell>"
        for cell, to_right in zip(cells, right, strict=True)
    )
    return f"<table:table-row>{inside}</table:table-row>"


def _table_styles(number: int, block: Block) -> str:
    whole = sum(block["shares"])
    columns = "".join(
        f'<style:style style:name="table{number}.{at}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{_INNER * share / whole:.1f}pt"/>'
        "</style:style>"
        for at, share in enumerate(block["shares"])
    )
    return (
        f'<style:style style:name="table{number}" style:family="table"><style:table-properties '
        f'style:width="{_INNER}pt" table:align="margins"/></style:style>{columns}'
    )


def _drawing(block: Block, name: str) -> str:
    label = quoteattr(name.rpartition("/")[2])
    return (
        f'<text:p text:style-name="Body"><draw:frame draw:name={label} draw:style-name="Picture" '
        f'text:anchor-type="as-char" svg:width="{block["width"]:.1f}pt" '
        f'svg:height="{block["height"]:.1f}pt"><draw:image xlink:href="{name}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        f"<svg:title>{escape(block['alt'])}</svg:title></draw:frame></text:p>"
    )


def _styles(language: str, words: tuple[str, str]) -> str:
    running, numbered = words
    country = _COUNTRIES.get(language, "")
    paragraphs = "".join(_paragraph_style(name, *look) for name, look in _PARAGRAPHS.items())
    headings = "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" '
        f'style:family="paragraph" style:default-outline-level="{level}" '
        'style:next-style-name="Body"><style:paragraph-properties fo:margin-top="9pt" '
        'fo:margin-bottom="5pt" fo:keep-with-next="always"/>'
        f"{_letters(size, bold=True)}</style:style>"
        for level, size in _SIZES.items()
    )
    number = (
        inline(numbered)
        .replace("{page}", '<text:page-number text:select-page="current">1</text:page-number>')
        .replace("{pages}", "<text:page-count>1</text:page-count>")
    )
    return (
        f"{_DECLARED}<office:document-styles {NAMESPACES}><office:font-face-decls>"
        '<style:font-face style:name="Sans" svg:font-family="\'DejaVu Sans\'" '
        'style:font-family-generic="swiss"/></office:font-face-decls><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'style:font-name="Sans" fo:font-size="{_BODY}pt" fo:color="{_INK}" '
        f'fo:language="{language}" fo:country="{country}"/></style:default-style>'
        f"{paragraphs}{headings}</office:styles><office:automatic-styles>"
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" '
        'fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin-top="40pt" '
        'fo:margin-bottom="34pt" fo:margin-left="57pt" fo:margin-right="57pt"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="12pt" '
        'fo:margin-bottom="10pt"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="12pt" '
        'fo:margin-top="10pt"/></style:footer-style></style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"<style:header>{_paragraph(running, 'Running')}</style:header>"
        f'<style:footer><text:p text:style-name="RunningRight">{number}</text:p></style:footer>'
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _paragraph_style(name: str, size: float, bold: bool, muted: bool, align: str) -> str:  # noqa: FBT001 - a row of the table
    side = f' fo:text-align="{align}"' if align else ""
    below = ' fo:margin-bottom="4pt"' if name in {"Body", "Small"} else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties{below}{side}/>{_letters(size, bold=bold, muted=muted)}"
        "</style:style>"
    )


def _letters(size: float, *, bold: bool = False, muted: bool = False) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    colour = f' fo:color="{_MUTED}"' if muted else ""
    return f'<style:text-properties fo:font-size="{size}pt"{weight}{colour}/>'
