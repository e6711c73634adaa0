"""Ways to spoil a workbook: its bytes, its parts, its XML, its values and its structure."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import openpyxl

from tests.fuzz.bases import base

_ODD = (
    "", " ", "-1", "0", "1.200", "1,5", "03-04-2026", "2026-13-45", "#N/A", "=1/0", "=A1", "Totaal",
    "1e999", "-1e999", "nan", "x" * 40_000, "\u00a0", "\u202e", "ja", "Peildatum", "V-nummer",
    "Bron: COA", "9" * 400, 1e308, -0.0, 10**30, True, None, "<v>", "&amp;", "'", '"', "\t",
)  # fmt: skip
_ATTRIBUTES = (
    b"-1", b"0", b"", b"x", b"99999999", b"XFD1048577", b"A0", b"1e9", b"true", b"s", b"e", b"d",
    b"inlineStr", b"str", b"b", b"Z9", b"A1:B", b"9999999999999999999999",
)  # fmt: skip
_NUMBERS = (
    b"NaN", b"inf", b"-inf", b"1e400", b"1E+308", b"-1e400", b"-5", b"2958466", b"99999999999",
    b"1,5", b"0.5", b"60", b"0x10", b"1_000", b"-0", b"", b"9999-12-31", b"0001-01-01",
    b"PT9999999H", b"2026-06-31", b"\xd9\xa1\xd9\xa2",
)  # fmt: skip
_RENAMED = 0.1
_BOMB = 200_000_000
_ENTITIES = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError, KeyError,
    IndexError, struct.error,
)  # fmt: skip

_TAG = re.compile(rb"<[^<>]*>")
_ELEMENT = re.compile(rb"<(\w+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_QUOTED = re.compile(rb'="[^"]*"')
_TEXT = re.compile(rb">[^<>]+<")
_VALUE = re.compile(rb"<v>[^<]*</v>")
_OPEN_VALUE = re.compile(rb'(?:office:(?:date-|time-|boolean-)?value)="[^"]*"')
_REPEATED = re.compile(rb"<table:table-(?:cell|row|column)\b")
_CONTENT = re.compile(rb"(<\?xml[^>]*>)")


def spoiled(seed: int) -> tuple[str, bytes]:
    """Return a file's name and bytes, spoiled up to four times in ways that the seed chooses."""
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    name, made = base(chance)
    content = made if isinstance(made, bytes) else _spoiled_book(made, chance)
    ways = _IN_A_ZIP if content.startswith(b"PK") else _IN_BYTES
    for _ in range(chance.choice((0, 1, 1, 2))):
        content = chance.choice(ways)(content, chance) if content else content
    if chance.random() < _RENAMED:
        name = f"{name}{chance.choice(('.xlsx', '.xls', '.ods', '.csv', ''))}"
    return name, content


def _spoiled_book(workbook: openpyxl.Workbook, chance: random.Random) -> bytes:
    for _ in range(chance.choice((0, 0, 1, 2))):
        chance.choice(_IN_THE_BOOK)(workbook, chance)
    if not any(sheet.sheet_state == "visible" for sheet in workbook.worksheets):
        workbook.worksheets[0].sheet_state = "visible"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _odd_value(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = chance.choice(workbook.worksheets)
    sheet.cell(chance.randint(1, 6), chance.randint(1, 8)).value = chance.choice(_ODD)


def _odd_row(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = chance.choice(workbook.worksheets)
    sheet.append([chance.choice(_ODD) for _ in range(chance.randint(1, 6))])


def _moved_rows(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    chance.choice(workbook.worksheets).insert_rows(chance.randint(1, 3), chance.randint(1, 30))


def _dropped(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = chance.choice(workbook.worksheets)
    chance.choice((sheet.delete_rows, sheet.delete_cols))(chance.randint(1, 3))


def _merged(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    top, left = chance.randint(1, 3), chance.randint(1, 3)
    chance.choice(workbook.worksheets).merge_cells(
        start_row=top,
        start_column=left,
        end_row=top + chance.randint(0, 2),
        end_column=left + chance.randint(0, 2),
    )


def _hidden(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    sheet = chance.choice(workbook.worksheets)
    sheet.row_dimensions[chance.randint(1, 4)].hidden = True
    sheet.column_dimensions["B"].hidden = chance.random() < 1 / 2
    sheet.sheet_state = chance.choice(("visible", "hidden", "veryHidden"))


def _renamed(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    names = ("Locaties ", "bezetting", "Blad1", "Parameters", "Plan", "Samenvatting", "_opvangplan")
    chance.choice(workbook.worksheets).title = chance.choice(names)


def _copied(workbook: openpyxl.Workbook, chance: random.Random) -> None:
    workbook.copy_worksheet(chance.choice(workbook.worksheets))


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 30, 3000)))
    return content[:start] + content[end:]


def _parts(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return the file with its parts changed; one that is no zip any more stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except _BROKEN:
        return content
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def _without_part(content: bytes, chance: random.Random) -> bytes:
    return _parts(content, lambda parts: parts.pop(chance.choice(list(parts)), None))


def _swapped(content: bytes, chance: random.Random) -> bytes:
    def swap(parts: dict[str, bytes]) -> None:
        one, other = chance.choice(list(parts)), chance.choice(list(parts))
        parts[one], parts[other] = parts[other], parts[one]

    return _parts(content, swap)


def _blown_up(content: bytes, chance: random.Random) -> bytes:
    def blow(parts: dict[str, bytes]) -> None:
        name = chance.choice([name for name in parts if "sheet" in name] or list(parts))
        parts[name] += b" " * 30_000_000

    return _parts(content, blow)


def _same_twice(content: bytes, chance: random.Random) -> bytes:
    """Return the file with a second part of the same name."""
    out = io.BytesIO(content)
    try:
        with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = chance.choice(archive.namelist())
            archive.writestr(name, archive.read(name)[: chance.choice((0, 300, 10**6))])
    except _BROKEN:
        return content
    return out.getvalue()


def _bomb(content: bytes, chance: random.Random) -> bytes:
    """Return the file with a part that unpacks to hundreds of megabytes."""
    size = chance.choice((_BOMB, 2 * _BOMB))

    def blow(parts: dict[str, bytes]) -> None:
        name = chance.choice([each for each in parts if each.endswith(".xml")] or list(parts))
        at = parts[name].rfind(b"</")
        parts[name] = parts[name][:at] + chance.choice((b" ", b"<c/>", b"<x>")) * (size // 4)

    return _parts(content, blow) if chance.random() < 1 / 10 else _cut(content, chance)


def _long_end(content: bytes, chance: random.Random) -> bytes:
    """Return the file with a look for very many rows below the last."""
    first, count = chance.choice((50, 900_000)), chance.choice((10, 3000, 60_000))
    cell = chance.choice((b"", b'<c r="A%d" s="0"/>', b'<c r="B%d"><f>1+1</f></c>'))

    def lengthen(part: bytes) -> bytes:
        rows = (
            b'<row r="%d" hidden="1">%s</row>' % (row, cell % row if cell else b"")
            for row in range(first, first + count)
        )
        return part.replace(b"</sheetData>", b"".join(rows) + b"</sheetData>")

    return _in_part(content, chance, lengthen)


def _trailing(content: bytes, chance: random.Random) -> bytes:
    more = bytes(chance.randrange(256) for _ in range(chance.choice((1, 100, 5000))))
    return chance.choice((more + content, content + more, content + content, content[: len(more)]))


def _odd_text(content: bytes, chance: random.Random) -> bytes:
    """Return a file of bytes with something odd put in, as a text of its own letters."""
    odd = str(chance.choice(_ODD)).encode(chance.choice(("utf-8", "utf-16-le")), "replace")
    at = chance.randrange(len(content))
    part = chance.choice((odd, b'"', b"\r\n", b";" * 9000, b"sep=|\n", b"\xef\xbb\xbf", b"\x00"))
    return content[:at] + part + content[at + chance.choice((0, 0, len(part))) :]


def _in_part(content: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """Return the file with one part changed, most often a sheet."""

    def spoil(parts: dict[str, bytes]) -> None:
        names = [name for name in parts if "worksheets/sheet" in name or name == "content.xml"]
        if not names or chance.random() < 1 / 4:
            names = list(parts)
        name = chance.choice(names)
        parts[name] = change(parts[name])

    return _parts(content, spoil)


def _replaced(
    pattern: re.Pattern[bytes], replacement: Callable[[random.Random, bytes], bytes]
) -> Callable[[bytes, random.Random], bytes]:
    """Return a mutation that replaces one place of a pattern in a part."""

    def mutate(content: bytes, chance: random.Random) -> bytes:
        def change(part: bytes) -> bytes:
            places = list(pattern.finditer(part))
            if not places:
                return part
            at = chance.choice(places)
            return part[: at.start()] + replacement(chance, at[0]) + part[at.end() :]

        return _in_part(content, chance, change)

    return mutate


_IN_THE_BOOK = (
    _odd_value, _odd_value, _odd_row, _moved_rows, _dropped, _merged, _hidden, _renamed, _copied,
)  # fmt: skip
_IN_A_ZIP = (
    _flipped,
    _cut,
    _without_part,
    _swapped,
    _blown_up,
    _same_twice,
    _bomb,
    _long_end,
    _trailing,
    _replaced(_TAG, lambda *_: b""),
    _replaced(_TAG, lambda _, tag: tag + tag),
    _replaced(_ELEMENT, lambda *_: b""),
    _replaced(_ELEMENT, lambda _, whole: whole + whole),
    _replaced(_ELEMENT, lambda _, whole: whole * 500),
    _replaced(_QUOTED, lambda chance, _: b'="' + chance.choice(_ATTRIBUTES) + b'"'),
    _replaced(_QUOTED, lambda chance, _: b'="' + chance.choice(_ATTRIBUTES) + b'"'),
    _replaced(_TEXT, lambda chance, _: b">" + str(chance.choice(_ODD)).encode()[:60_000] + b"<"),
    _replaced(_TEXT, lambda chance, _: b">" + chance.choice(_ATTRIBUTES) + b"<"),
    _replaced(_VALUE, lambda chance, _: b"<v>" + chance.choice(_NUMBERS) + b"</v>"),
    _replaced(
        _OPEN_VALUE,
        lambda chance, whole: whole.split(b"=")[0] + b'="' + chance.choice(_NUMBERS) + b'"',
    ),
    _replaced(
        _REPEATED,
        lambda chance, tag: (
            tag
            + b" table:number-%s-repeated=" % chance.choice((b"rows", b"columns"))
            + b'"%s"' % chance.choice((b"1048576", b"16384", b"-1", b"x", b"99999999999"))
        ),
    ),
    _replaced(_CONTENT, lambda _, head: head + _ENTITIES),
)
_IN_BYTES = (_flipped, _flipped, _cut, _cut, _trailing, _odd_text, _odd_text)
