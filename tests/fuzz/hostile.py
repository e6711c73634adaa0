"""Files that were made to hang a reader or to fill its memory, each by a seed."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.fuzz import hostile_open_document as ods
from tests.fuzz.bases import KEPT
from tests.fuzz.old_excel import old_excel
from tests.fuzz.packing import zipped, zipped_with_blanks
from tests.planner.files.gallery.rows import plain_rows
from tests.planner.files.gallery.writers import openpyxl_book

_MEGA = 1_000_000
_END, _TAIL = b"</sheetData>", b"</worksheet>"

Chance = random.Random  # noqa: S311 - no secrets here
Write = Callable[[Path, Chance], None]
Change = Callable[[bytes, Chance], bytes]


def hostile(seed: int, folder: Path) -> Path:
    """Write the hostile file of a seed into a folder and return where it stands."""
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    name, write = SORTS[seed % len(SORTS)]
    path = folder / f"{seed}-{name}"
    write(path, chance)
    return path


def sort_of(seed: int) -> str:
    """Return what sort of file a seed gives."""
    return SORTS[seed % len(SORTS)][0]


@cache
def _excel() -> dict[str, bytes]:
    out = io.BytesIO()
    openpyxl_book(plain_rows()).save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _in_sheet(change: Change) -> Write:
    """Write a workbook with one sheet's XML changed."""

    def write(path: Path, chance: Chance) -> None:
        parts = dict(_excel())
        name = chance.choice([each for each in parts if "worksheets/sheet" in each])
        parts[name] = change(parts[name], chance)
        zipped(path, parts)

    return write


def _unending_tags(part: bytes, chance: Chance) -> bytes:
    beginnings = (b"<mergeCell ", b"<col ", b"<row hidden=", b"<mergeCell ref=", b"<x:row ", b"<c ")
    many = chance.choice(beginnings) * chance.choice((1000, 30_000, 300_000))
    wrapped = chance.choice(((b"<![CDATA[", b"]]>"), (b"<!-- ", b" -->"), (b"<?a ", b"?>")))
    return part.replace(_TAIL, many.join(wrapped) + _TAIL)


def _beside_the_rows(part: bytes, chance: Chance) -> bytes:
    many = chance.choice((3000, 100_000, 700_000))
    each = chance.choice(
        (
            b"<mergeCells>%s</mergeCells>|<mergeCell ref='A1:XFD9'/>",
            b"<hyperlinks>%s</hyperlinks>|<hyperlink ref='A1' location='b'/>",
            b"<dataValidations>%s</dataValidations>|<dataValidation sqref='A1:XFD1048576'/>",
            b"%s|<conditionalFormatting sqref='A1'><cfRule priority='1'/></conditionalFormatting>",
            b"<cols>%s</cols>|<col min='1' max='16384' hidden='1' width='9'/>",
            b"<rowBreaks>%s</rowBreaks>|<brk id='1'/>",
            b"%s|<a b='1' c='2' d='3'/>",
        )
    )
    around, _, one = each.partition(b"|")
    return part.replace(_TAIL, around % (one * many) + _TAIL)


def _many_rows(part: bytes, chance: Chance) -> bytes:
    many = chance.choice((70_000, 600_000, 1_040_000))
    row = chance.choice(
        (
            b"<row r='%d' hidden='1'/>",
            b"<row r='%d'><c r='A%d'/></row>",
            b"<row r='%d'><c r='A%d'><v>1</v></c></row>",
            b"<row r='%d'><c t='inlineStr'><is><t>x</t></is></c></row>",
        )
    )
    marks = row.count(b"%d")
    rows = b"".join(row % ((at,) * marks) for at in range(100, 100 + many))
    return part.replace(_END, rows + _END)


def _one_row(part: bytes, chance: Chance) -> bytes:
    many = chance.choice((20_000, 200_000, 1_500_000))
    cell = chance.choice((b"<c/>", b"<c a='1' b='2' s='0'/>", b"<c><v>1</v></c>", b"<x>"))
    return part.replace(_END, b"<row r='100'>" + cell * many + b"</row>" + _END)


def _attributes(part: bytes, chance: Chance) -> bytes:
    many = chance.choice((10_000, 300_000, 3_000_000))
    cell = b" ".join(b"a%d='12'" % at for at in range(many))
    return part.replace(_END, b"<row r='100'><c " + cell + b"/></row>" + _END)


def _one_long_attribute(part: bytes, chance: Chance) -> bytes:
    long = chance.choice((b"9", b"A", b"x")) * chance.choice((100_000, 20 * _MEGA, 70 * _MEGA))
    where = chance.choice((b"r", b"s", b"t"))
    return part.replace(_END, b"<row r='100'><c %s='%s'><v>1</v></c></row>" % (where, long) + _END)


def _long_number(part: bytes, chance: Chance) -> bytes:
    digits = chance.choice((b"9", b"0", b"1e", b".")) * chance.choice((4000, 300_000, 30 * _MEGA))
    cell = b"<row r='100'><c r='A100'><v>%s</v></c></row>" % digits
    return part.replace(_END, cell + _END)


def _repeated_formula(part: bytes, chance: Chance) -> bytes:
    formula = b"+".join([b"A1"] * chance.choice((100, 2700, 10_000)))
    first = b"<row r='100'><c r='A100'><f t='shared' ref='A100:A9' si='0'>%s</f></c></row>"
    again = b"<row r='%d'><c r='A%d'><f t='shared' si='0'/></c></row>"
    rows = (again % (at, at) for at in range(101, 101 + chance.choice((100, 3000, 50_000))))
    return part.replace(_END, first % formula + b"".join(rows) + _END)


def _deep(part: bytes, chance: Chance) -> bytes:
    many = chance.choice((900, 30_000, 1_000_000))
    inner = b"<r>" * many + b"</r>" * many
    cell = b"<row r='100'><c t='inlineStr'><is>" + inner + b"</is></c></row>"
    return part.replace(_END, cell + _END)


def _long_texts(path: Path, chance: Chance) -> None:
    """Write cells that are as long as a cell may be, of few sorts of letters, in every column."""
    rows = plain_rows()
    lines = rows[chance.choice(list(rows))]
    piece = chance.choice((",", " ", "1 ", "1,", "€", "a", "a b ", "\u00a0", "1.", "'", "(1", "= "))
    for at in range(chance.choice((1, 5, 20))):
        long = (piece * 32_767)[: 32_767 - at]
        last = chance.choice(("", "1", "x", "1 jan 2026"))
        filled = chance.choice((lines[-1], lines[0]))
        lines.append([long[: -len(last)] + last if last else long for _ in filled])
    openpyxl_book(rows).save(path)


def _many_names(path: Path, chance: Chance) -> None:
    """Write many long ids, or many headings, that are like known ones."""
    rows = plain_rows()
    many, long = chance.choice(((2000, 40), (200, 4000), (30, 30_000), (16_000, 12)))
    names = [f"Locatiecod{at:06}"[-12:] + "e" * (long - 12) for at in range(many)]
    if chance.random() < 1 / 2:
        rows["Locaties"][0] += names[:16_000]
    else:
        kinds = chance.choice((["azc"], names))
        rows["Locaties"] += [
            [name, kinds[at % len(kinds)], 5, None, chance.choice(("ja", name)), 2]
            for at, name in enumerate(names)
        ]
    openpyxl_book(rows).save(path)


def _many_sheets(path: Path, chance: Chance) -> None:
    """Write a workbook whose many sheets are one part, or many parts."""
    parts = dict(_excel())
    many = chance.choice((500, 3000, 30_000))
    sheets = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (at, at) for at in range(many)
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", sheets + b"</sheets>")
    if chance.random() < 1 / 2:
        parts |= {f"xl/worksheets/sheet{at}.xml": b"<a/>" for at in range(100, 100 + many)}
    zipped(path, parts)


_OTHER_PARTS = (
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    "xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml",
    "docProps/custom.xml", "xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml",
    "xl/media/image1.png", "xl/calcChain.xml",
)  # fmt: skip
_REPEATED = {
    "xl/styles.xml": (b"</cellXfs>", b"<xf fontId='0' xfId='0'><alignment wrapText='1'/></xf>"),
    "xl/sharedStrings.xml": (b"</sst>", b"<si><t>x</t></si>"),
    "xl/workbook.xml": (b"</workbook>", b"<definedNames><definedName name='a'>A1</definedName>"),
    "[Content_Types].xml": (b"</Types>", b"<Override PartName='/a' ContentType='b'/>"),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        b"<Relationship Id='a' Type='b' Target='c'/>",
    ),
    "docProps/custom.xml": (b"</Properties>", b"<property fmtid='a' pid='2' name='b'/>"),
}


def _blown_up(path: Path, chance: Chance) -> None:
    """Write a workbook with a part of up to a gigabyte of blanks, or of very many elements."""
    parts = dict(_excel())
    name = chance.choice(_OTHER_PARTS)
    if name in _REPEATED and chance.random() < 1 / 2:
        end, one = _REPEATED[name]
        content = parts.pop(name, b"<a>" + end)
        many = one * chance.choice((10_000, 150_000, 500_000))
        parts[name] = content.replace(end, many + end)
        zipped(path, parts)
        return
    zipped_with_blanks(path, parts, name, chance)


def _many_parts(path: Path, chance: Chance) -> None:
    """Write a zip with very many parts of nothing."""
    parts = dict(_excel())
    many = chance.choice((5000, 60_000))
    zipped(path, parts | {f"xl/{at}{chance.choice(('.xml', ''))}": b"" for at in range(many)})


def _separated(path: Path, chance: Chance) -> None:
    """Write a text of one thing again and again."""
    piece = chance.choice(
        (b"\n", b"\r", b"\r\n", b";", b";\n", b"a;b\n", b'"', b'""', b"a", b",;", b'"\n')
    )
    size = chance.choice((1, 9, 49, 60)) * _MEGA
    head = chance.choice((b"", b"Peildatum;Locatie;Groep;Personen\n", b"a;b\n1;2\n", b"\xff\xfe"))
    path.write_bytes(head + piece * (size // len(piece)))


def _corners(path: Path, chance: Chance) -> None:
    """Write an old Excel file with one cell in the last corner of each of its sheets."""
    many = chance.choice((1, 3, 10, 200))
    last = chance.choice((65_535, 65_535, 30_000))
    path.write_bytes(old_excel([(last, 255)] for _ in range(many)))


def _old_blanks(path: Path, chance: Chance) -> None:
    many = chance.choice((1000, 5000, 12_000))
    path.write_bytes(old_excel([[(row, 0) for row in range(many)]], blanks=chance.random() < 1 / 2))


def _flipped_old(path: Path, chance: Chance) -> None:
    content = bytearray((KEPT / "plain.xls").read_bytes())
    for _ in range(chance.choice((1, 1, 2, 8))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _sparse(path: Path, chance: Chance) -> None:
    """Write a file of gigabytes that takes no room."""
    with path.open("wb") as file:
        file.write(
            chance.choice((b"", b"PK\x03\x04", b"a;b\n1;2\n", bytes.fromhex("D0CF11E0A1B11AE1")))
        )
        file.truncate(chance.choice((90, 300, 3000)) * _MEGA)


def _pipe(path: Path, chance: Chance) -> None:
    """Make what is no file: a pipe that nobody writes to, a device that never ends."""
    if chance.random() < 1 / 2:
        os.mkfifo(path)
    else:
        path.symlink_to(chance.choice(("/dev/zero", "/dev/urandom", "/dev/full")))


def _lying_directory(path: Path, chance: Chance) -> None:
    """Write a zip whose list of parts says other sizes than they have."""
    _blown_up(path, chance)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    for _ in range(chance.choice((1, 4))):
        if at < 0:
            break
        content[at + 24 : at + 28] = struct.pack("<I", chance.choice((0, 10, 0xFFFFFFFE)))
        at = content.rfind(b"PK\x01\x02", 0, at)
    path.write_bytes(content)


SORTS: tuple[tuple[str, Write], ...] = (
    ("unending-tags.xlsx", _in_sheet(_unending_tags)),
    ("beside-the-rows.xlsx", _in_sheet(_beside_the_rows)),
    ("many-rows.xlsx", _in_sheet(_many_rows)),
    ("one-row.xlsx", _in_sheet(_one_row)),
    ("attributes.xlsx", _in_sheet(_attributes)),
    ("long-attribute.xlsx", _in_sheet(_one_long_attribute)),
    ("long-number.xlsx", _in_sheet(_long_number)),
    ("repeated-formula.xlsx", _in_sheet(_repeated_formula)),
    ("deep.xlsx", _in_sheet(_deep)),
    ("long-texts.xlsx", _long_texts),
    ("many-names.xlsx", _many_names),
    ("many-sheets.xlsx", _many_sheets),
    ("blown-up.xlsx", _blown_up),
    ("lying-directory.xlsx", _lying_directory),
    ("many-parts.xlsx", _many_parts),
    ("blown-up.ods", ods.blown_up),
    ("tables.ods", ods.in_content(ods.tables)),
    ("row.ods", ods.in_content(ods.row_of)),
    ("spaces.ods", ods.in_content(ods.spaces)),
    ("styles.ods", ods.in_content(ods.styles)),
    ("repeated.csv", _separated),
    ("corners.xls", _corners),
    ("blanks.xls", _old_blanks),
    ("flipped.xls", _flipped_old),
    ("sparse.xlsx", _sparse),
    ("pipe.xlsx", _pipe),
)
