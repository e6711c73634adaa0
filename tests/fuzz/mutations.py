"""Ways to spoil a workbook: its bytes, its parts, its XML, its values and its structure."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

import openpyxl

from tests.planner.workbook.gallery.rows import plain_rows
from tests.planner.workbook.gallery.writers import openpyxl_book

_ODD = (
    "", " ", "-1", "0", "1.200", "1,5", "03-04-2026", "2026-13-45", "#N/A", "=1/0", "=A1", "Totaal",
    "1e999", "-1e999", "nan", "x" * 40_000, "\u00a0", "\u202e", "ja", "Peildatum", "V-nummer",
    "Bron: COA", "9" * 400, 1e308, -0.0, 10**30, True, None, "<v>", "&amp;", "'", '"', "\t",
)  # fmt: skip
_ATTRIBUTES = (
    b"-1", b"0", b"", b"x", b"99999999", b"XFD1048577", b"A0", b"1e9", b"true", b"s", b"e", b"d",
    b"inlineStr", b"str", b"b", b"Z9", b"A1:B", b"9999999999999999999999",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]*>")
_ELEMENT = re.compile(rb"<(\w+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_QUOTED = re.compile(rb'="[^"]*"')
_TEXT = re.compile(rb">[^<>]+<")


def spoiled(seed: int) -> bytes:
    """Return the bytes of a workbook, spoiled once to four times in ways that the seed chooses."""
    chance = random.Random(seed)  # noqa: S311 - no secrets here
    workbook = openpyxl_book(plain_rows())
    for _ in range(chance.choice((0, 0, 1, 2))):
        chance.choice(_IN_THE_BOOK)(workbook, chance)
    if not any(sheet.sheet_state == "visible" for sheet in workbook.worksheets):
        workbook.worksheets[0].sheet_state = "visible"
    out = io.BytesIO()
    workbook.save(out)
    content = out.getvalue()
    for _ in range(chance.choice((0, 1, 1, 2))):
        content = chance.choice(_IN_THE_FILE)(content, chance)
    return content


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


def _parts(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return the file with its parts changed; one that is no zip any more stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError):
        return content
    except zipfile.zlib.error:
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


def _in_part(content: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """Return the file with one part changed, most often a sheet."""

    def spoil(parts: dict[str, bytes]) -> None:
        names = [name for name in parts if "worksheets/sheet" in name]
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
_IN_THE_FILE = (
    _flipped,
    _cut,
    _without_part,
    _swapped,
    _blown_up,
    _replaced(_TAG, lambda *_: b""),
    _replaced(_TAG, lambda _, tag: tag + tag),
    _replaced(_ELEMENT, lambda *_: b""),
    _replaced(_ELEMENT, lambda _, whole: whole + whole),
    _replaced(_ELEMENT, lambda _, whole: whole * 500),
    _replaced(_QUOTED, lambda chance, _: b'="' + chance.choice(_ATTRIBUTES) + b'"'),
    _replaced(_QUOTED, lambda chance, _: b'="' + chance.choice(_ATTRIBUTES) + b'"'),
    _replaced(_TEXT, lambda chance, _: b">" + str(chance.choice(_ODD)).encode()[:60_000] + b"<"),
    _replaced(_TEXT, lambda chance, _: b">" + chance.choice(_ATTRIBUTES) + b"<"),
)
