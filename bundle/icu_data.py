"""Takes out of the data of ICU what Qt never asks for: 29 of the 32 MB of its library in Linux.

Qt has its own words, dates and numbers of every language; of ICU it uses how texts are sorted and
how letters become capitals. What stays are the tables without a language and those of the languages
of the window. The converters, calendars, names of countries, units and money go.

A library of ICU data is one table: a head, a list of places of names and of contents, both counted
from the list on, the names, and the contents.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

LIBRARY = "PySide6/Qt/lib/libicudata.so.*"
_HEAD = re.compile(rb"..\xda\x27.{8}CmnD", re.DOTALL)
_COUNT, _ENTRY = struct.Struct("<I"), struct.Struct("<II")
_ALIGNED = 16
# Names below the head of the table: those without a language, and those of the window's.
_KEPT = re.compile(
    r"""(coll/)?(root|res_index|pool|nl(_.+)?|en(_.+)?)\.res  # a language, and what all share
      | coll/ucadata\.icu
      | (?!unames)[^/]+\.icu
      | [^/]+\.nrm
      | (icustd|icuver|keyTypeData|likelySubtags|metadata|numberingSystems|supplementalData
        |plurals|timezoneTypes|zoneinfo64|metaZones|windowsZones|langInfo|genderList|dayPeriods
        |grammaticalFeatures|currencyNumericCodes)\.res
    """,
    re.VERBOSE,
)


class UnknownDataError(Exception):
    """The library is not a table as ICU makes them."""


def cut(inside: Path) -> None:
    """Cut the library below `inside`, where there is one and the system has the tools to make it.

    `UnknownDataError` where its contents are of another shape than is known here.
    """
    tools = [shutil.which("ld"), shutil.which("objcopy")]
    for library in inside.glob(LIBRARY):
        if all(tools):
            _make(library, less(library.read_bytes()))


def less(content: bytes) -> bytes:
    """Return the table that stands in a library, with what is kept of it."""
    found = _HEAD.search(content)
    if found is None:
        raise UnknownDataError
    table = content[found.start() :]
    (size,) = struct.unpack_from("<H", table)
    head, listed = table[:size], table[size:]
    (count,) = _COUNT.unpack_from(listed)
    entries = [_ENTRY.unpack_from(listed, _COUNT.size + _ENTRY.size * at) for at in range(count)]
    ends = [begin for _, begin in entries[1:]]
    if not entries or ends != sorted(ends):
        raise UnknownDataError
    kept = []
    # How long the last is does not stand there; it is none that is kept.
    for (at, begin), end in zip(entries, ends, strict=False):
        name = listed[at : listed.index(b"\0", at)]
        if _KEPT.fullmatch(name.decode("ascii").partition("/")[2]):
            kept.append((name, listed[begin:end]))
    return head + _table(kept)


def _table(kept: list[tuple[bytes, bytes]]) -> bytes:
    """Return the list of places, the names and the contents, each at a multiple of 16."""
    names, at = b"", _COUNT.size + _ENTRY.size * len(kept)
    places = []
    for name, _ in kept:
        places.append(at + len(names))
        names += name + b"\0"
    names += bytes(-(at + len(names)) % _ALIGNED)
    entries, contents, at = b"", b"", at + len(names)
    for place, (_, content) in zip(places, kept, strict=True):
        entries += _ENTRY.pack(place, at + len(contents))
        contents += content + bytes(-len(content) % _ALIGNED)
    return _COUNT.pack(len(kept)) + entries + names + contents


def _make(library: Path, table: bytes) -> None:
    """Make a library of a table, under the name and the sign that others know it by."""
    version = library.name.rpartition(".")[2]
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "data").write_bytes(table)
        for command in (
            ["ld", "-r", "-b", "binary", "-o", "data.o", "data"],
            [
                "objcopy",
                "--rename-section=.data=.rodata,alloc,load,readonly,data,contents",
                f"--set-section-alignment=.data={_ALIGNED}",
                f"--redefine-sym=_binary_data_start=icudt{version}_dat",
                "--strip-symbol=_binary_data_end",
                "--strip-symbol=_binary_data_size",
                "data.o",
                "named.o",
            ],
            [
                *("ld", "-shared", "--build-id=none", "-z", "noexecstack"),
                *("-soname", library.name, "-o", "made", "named.o"),
            ],
        ):
            subprocess.run(command, cwd=work, check=True)  # noqa: S603 - our own words
        shutil.copyfile(Path(work) / "made", library)
