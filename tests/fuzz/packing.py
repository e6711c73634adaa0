"""Zips as they are written to be read: with all their parts, or with one blown up."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

_MEGA = 1_000_000
_FILL_AT_ONCE = 4 * _MEGA


def zipped(path: Path, parts: dict[str, bytes]) -> None:
    """Write a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            # An OpenDocument file begins with its kind, as it is.
            packed = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, part, packed)


def zipped_with_blanks(
    path: Path, parts: dict[str, bytes], name: str, chance: random.Random
) -> None:
    """Write a zip of these parts, of which one is blown up to as much as a gigabyte."""
    size = chance.choice((20, 70, 140, 400, 1000)) * _MEGA
    head = parts.pop(name, b"<a>")
    blank = chance.choice((b" ", b"<a/>", b"&#32;")) * (_FILL_AT_ONCE // 4)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if "mimetype" in parts:
            archive.writestr("mimetype", parts.pop("mimetype"), zipfile.ZIP_STORED)
        with archive.open(name, "w") as part:
            part.write(head[: head.rfind(b"</")])
            for _ in range(size // len(blank)):
                part.write(blank)
            part.write(head[head.rfind(b"</") :])
        for other, content in parts.items():
            archive.writestr(other, content)
