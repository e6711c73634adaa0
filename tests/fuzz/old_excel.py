"""The smallest old Excel file, BIFF8 in its OLE shell, with numbers or blanks in given cells."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

_SECTOR, _IN_A_SECTOR = 512, 128
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALLEST = 4096  # a shorter stream would stand elsewhere
_FONT = struct.pack("<HHHHHBBBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0, 1, 0) + b"A"

At = tuple[int, int]


def old_excel(sheets: Iterable[Sequence[At]], *, blanks: bool = False) -> bytes:
    """Return a file with a sheet for each list of cells (row, column, from 0).

    Each cell holds a number; with `blanks` each is the last of a row of 256 blank ones.
    """
    bodies = [_sheet(cells, blanks=blanks) for cells in sheets]
    names = [f"s{at}".encode() for at in range(len(bodies))]
    head = _begin(5) + _record(0x31, _FONT) + _record(0xE0, bytes(20)) * 16
    at = len(head) + sum(len(name) + 12 for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
        at += len(body)
    return _in_shell(b"".join((head, _record(0x0A), *bodies)))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(what: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, what, 0, 1997, 0, 6))


def _sheet(cells: Sequence[At], *, blanks: bool) -> bytes:
    return b"".join((_begin(16), *_cells(cells, blanks=blanks), _record(0x0A)))


def _cells(cells: Sequence[At], *, blanks: bool) -> Iterator[bytes]:
    for row, column in cells:
        if blanks:
            yield _record(0xBE, struct.pack("<HH", row, 0) + b"\x0f\0" * 256 + b"\xff\0")
        yield _record(0x203, struct.pack("<HHHd", row, column, 15, 1.0))


def _in_shell(stream: bytes) -> bytes:
    stream += bytes(max(_SMALLEST - len(stream), -len(stream) % _SECTOR))
    stream += bytes(-len(stream) % _SECTOR)
    held = len(stream) // _SECTOR
    fats = 1
    while fats * _IN_A_SECTOR < fats + 1 + held:
        fats += 1
    chain = [_FAT] * fats + [_END]
    chain += [fats + 2 + at for at in range(held - 1)] + [_END]
    chain += [_FREE] * (fats * _IN_A_SECTOR - len(chain))
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<HHHHHHI", 0x3E, 3, 0xFFFE, 9, 6, 0, 0)
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, _SMALLEST, _END, 0, _END, 0)
    listed = [*range(fats), *[_FREE] * (109 - fats)]
    if fats > 109:
        raise ValueError("longer than the shell's head can tell")
    head += struct.pack("<109I", *listed)
    folder = _entry("Root Entry", 5, child=1, start=_END, size=0)
    folder += _entry("Workbook", 2, child=_FREE, start=fats + 1, size=len(stream))
    folder += bytes(_SECTOR - len(folder))
    return head + struct.pack(f"<{len(chain)}I", *chain) + folder + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    entry = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    entry += struct.pack("<III", _FREE, _FREE, child) + bytes(36)
    return entry + struct.pack("<III", start, size, 0)
