"""The parts of an OpenDocument file beside its content: manifest, paper, properties, panes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from planner import __version__

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BY_NAME = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "chart": "urn:oasis:names:tc:opendocument:xmlns:chart:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "msoxl": "http://schemas.microsoft.com/office/excel/formula",
}
# A code of a header, or signs that stand for themselves; `&&` is one of them.
_CODED = re.compile(r"&([A-Z])|(&&|[^&]+)")
_SIDES = {"L": "left", "C": "center", "R": "right"}
_FIELDS = {
    "A": "<text:sheet-name>-</text:sheet-name>",
    "B": "",
    "D": "<text:date>-</text:date>",
    "F": '<text:file-name text:display="name-and-extension">-</text:file-name>',
    "N": "<text:page-count>1</text:page-count>",
    "P": "<text:page-number>1</text:page-number>",
}
NAMESPACES = " ".join(
    [*(f'xmlns:{name}="{uri}"' for name, uri in _BY_NAME.items()), 'office:version="1.3"']
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")


def manifest(mimetype: str = MIMETYPE, parts: Sequence[tuple[str, str]] = ()) -> str:
    """Return the list of a file's parts; `parts` are those beside the usual, and their kinds."""
    version = 'manifest:version="1.3" '
    entries = [("/", mimetype), *((each, "text/xml") for each in PARTS), *parts]
    listed = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(path)} "
        f"{version if path == '/' else ''}manifest:media-type={quoteattr(kind)}/>"
        for path, kind in entries
    )
    return (
        f'{_DECLARED}<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3">'
        f"{listed}</manifest:manifest>"
    )


def meta(workbook: Workbook) -> str:
    """Return a workbook's title and such, with the marks of what wrote it."""
    told = workbook.doc_properties
    marks = [(str(name), str(value)) for name, value, _ in workbook.custom_properties]
    return meta_of(
        title=str(told.get("title", "")),
        subject=str(told.get("subject", "")),
        description=str(told.get("comments", "")),
        marks=marks,
    )


def meta_of(
    *,
    title: str,
    subject: str,
    description: str = "",
    language: str = "",
    marks: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the properties of a file."""
    now = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None, microsecond=0).isoformat()
    said = {
        "meta:generator": f"Opvangplan/{__version__}",
        "dc:title": title,
        "dc:subject": subject,
        "dc:description": description,
        "dc:language": language,
        "meta:creation-date": now,
        "dc:date": now,
    }
    inside = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in said.items() if value)
    inside += "".join(
        f"<meta:user-defined meta:name={quoteattr(name)} "
        f'meta:value-type="string">{escape(value)}</meta:user-defined>'
        for name, value in marks
    )
    return (
        f"{_DECLARED}<office:document-meta {NAMESPACES}><office:meta>{inside}</office:meta>"
        "</office:document-meta>"
    )


def page_styles(pages: Sequence[Worksheet]) -> str:
    """Return the letters of a workbook, and the paper of each sheet."""
    layouts, masters = [], []
    for number, page in enumerate(pages):
        layouts.append(_layout(number, page))
        names = f'style:name="paper{number}" style:page-layout-name="layout{number}"'
        masters.append(
            f"<style:master-page {names}>"
            f"<style:header>{_regions(page.header)}</style:header>"
            f"<style:footer>{_regions(page.footer)}</style:footer></style:master-page>"
        )
    return (
        f"{_DECLARED}<office:document-styles {NAMESPACES}><office:font-face-decls>"
        '<style:font-face style:name="Arial" svg:font-family="Arial"/></office:font-face-decls>'
        '<office:styles><style:style style:name="Default" style:family="table-cell">'
        '<style:text-properties style:font-name="Arial" fo:font-size="10pt"/></style:style>'
        f"</office:styles><office:automatic-styles>{''.join(layouts)}</office:automatic-styles>"
        f"<office:master-styles>{''.join(masters)}</office:master-styles></office:document-styles>"
    )


def _regions(written: str) -> str:
    """Return a header or footer that Excel tells in codes, `&L&A&R&P / &N`, by its regions."""
    said = {"L": "", "C": "", "R": ""}
    region = "C"
    for code, text in _CODED.findall(written):
        if code in said:
            region = code
        else:
            said[region] += _FIELDS.get(code, escape(text.replace("&&", "&")))
    return "".join(
        f"<style:region-{_SIDES[side]}><text:p>{inside}</text:p></style:region-{_SIDES[side]}>"
        for side, inside in said.items()
    )


def _layout(number: int, page: Worksheet) -> str:
    sides, upright = ("21cm", "29.7cm"), bool(page.orientation)
    width, height = sides if upright else sides[::-1]
    orientation = "portrait" if upright else "landscape"
    scale = ""
    if page.fit_page:
        scale = "".join(
            f' style:scale-to-{axis}="{count}"'
            for axis, count in (("X", page.fit_width), ("Y", page.fit_height))
            if count
        )
    elif page.print_scale:
        scale = f' style:scale-to="{page.print_scale}%"'
    return (
        f'<style:page-layout style:name="layout{number}"><style:page-layout-properties '
        f'fo:page-width="{width}" fo:page-height="{height}" '
        f'style:print-orientation="{orientation}" '
        f'fo:margin="1.27cm"{scale}/>'
        '<style:header-style><style:header-footer-properties fo:min-height="0.6cm" '
        'fo:margin-left="0cm" fo:margin-right="0cm" fo:margin-bottom="0.2cm"/>'
        "</style:header-style>"
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" '
        'fo:margin-left="0cm" fo:margin-right="0cm" fo:margin-top="0.2cm"/>'
        "</style:footer-style></style:page-layout>"
    )


def settings(pages: Sequence[Worksheet]) -> str:
    """Return where the panes of each sheet are frozen, and which sheet shows first."""
    shown = next((page for page in pages if page.selected), None)
    active = "" if shown is None else _item("ActiveTable", "string", shown.name)
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(str(page.name))}>{_frozen(page)}"
        "</config:config-item-map-entry>"
        for page in pages
        if page.panes
    )
    named = '<config:config-item-map-named config:name="Tables">'
    maps = f"{named}{tables}</config:config-item-map-named>" if tables else ""
    return (
        f"{_DECLARED}<office:document-settings {NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f"{_item('ViewId', 'string', 'view1')}"
        f"{maps}{active}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _frozen(page: Worksheet) -> str:
    row, column, *_ = page.panes
    said = [("short", "HorizontalSplitMode", 2 * bool(column))]
    said += [("short", "VerticalSplitMode", 2 * bool(row))]
    said += [("int", "HorizontalSplitPosition", column), ("int", "VerticalSplitPosition", row)]
    said += [("short", "ActiveSplitRange", 2), ("int", "PositionRight", column)]
    said += [("int", "PositionBottom", row)]
    return "".join(_item(name, kind, value) for kind, name, value in said)


def _item(name: str, kind: str, value: object) -> str:
    return (
        f'<config:config-item config:name="{name}" config:type="{kind}">{escape(str(value))}'
        "</config:config-item>"
    )
