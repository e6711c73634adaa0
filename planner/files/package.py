"""A workbook as it is packed: its parts, which of them are its sheets, and how they hang together.

A package is changed by replacing, adding and taking away parts; all others are written as they
were, byte for byte.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.files.other_forms import STRICT, strictly
from planner.files.xml_spans import (
    Element,
    as_utf8,
    elements_of,
    put_in,
    quoted,
    set_attribute,
    spliced,
)

CONTENT_TYPES = "[Content_Types].xml"
_ROOT = ""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = f"{STRICT.decode()}officeDocument/relationships"
_REFERRING = (_OFFICE, _STRICT_OFFICE)
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_NUMBER = re.compile(r"\d*(?=\.\w+$)")


@dataclass(frozen=True)
class Relation:
    """What a part refers to: `target` is the full name of another part, or an address outside."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type, such as `worksheet`."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook, in its order there: its name and the part that holds it."""

    name: str
    part: str
    id: str


class Package:
    """The parts of a workbook, some of them changed."""

    def __init__(self, content: bytes) -> None:
        """Open the bytes of a workbook; `ValueError` where they hang together in no known way."""
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = dict.fromkeys(self._archive.namelist())
        self._changed: dict[str, bytes] = {}
        documents = [each for each in self.relations(_ROOT) if each.kind == "officeDocument"]
        if len(documents) != 1 or documents[0].target not in self._names:
            raise ValueError("no workbook in the package")
        self.workbook = documents[0].target

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(self._names)

    def part(self, name: str) -> bytes:
        """Return a part as it is now; `KeyError` where there is none."""
        if name in self._changed:
            return self._changed[name]
        return self._archive.read(name)

    def xml(self, name: str) -> bytes:
        """Return a part in UTF-8."""
        return as_utf8(self.part(name))

    def as_written_here(self, xml: bytes) -> bytes:
        """Return XML that we wrote with the names of this package; strict files have their own."""
        return strictly(xml) if STRICT in self.xml(self.workbook) else xml

    def put(self, name: str, content: bytes) -> None:
        """Replace a part, or add one."""
        self._names[name] = None
        self._changed[name] = content

    def drop(self, name: str) -> None:
        """Take a part away, with its relations and its content type."""
        for each in (name, _relations_of(name)):
            self._names.pop(each, None)
            self._changed.pop(each, None)
        xml = self.xml(CONTENT_TYPES)
        override = self._override(name, elements_of(xml))
        if override is not None:
            self.put(CONTENT_TYPES, spliced(xml, [(override.start, override.end, b"")]))

    def free(self, like: str) -> str:
        """Return a name for a part that no part has, in the folder of another and named alike."""
        taken = {each.casefold() for each in self._names}
        number = 1
        while (name := _NUMBER.sub(str(number), like, count=1)).casefold() in taken:
            number += 1
        return name

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part refers to; the package itself is the part without a name."""
        name = _relations_of(part)
        if name not in self._names:
            return ()
        folder = posixpath.dirname(part)
        found = elements_of(self.xml(name)).all("Relationship")
        return tuple(_relation(each, folder) for each in found)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Make a part refer to another; return the id. `kind` is a type, or its last word."""
        name = _relations_of(part)
        if name not in self._names:
            self.put(name, _EMPTY_RELATIONS)
            self.declare("rels", _RELATIONS_TYPE)
        xml = self.xml(name)
        taken = {each.id for each in self.relations(part)}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        root = elements_of(xml)
        mode = ' TargetMode="External"' if external else ""
        written = target if external else f"/{target}"
        full = kind if "/" in kind else f"{self._family()}/{kind}"
        piece = (
            f'<{root.prefix}Relationship Id="rId{number}" Type="{full}" '
            f'Target="{quoted(written)}"{mode}/>'
        )
        self.put(name, spliced(xml, [put_in(xml, root, piece.encode())]))
        return f"rId{number}"

    def unrelate(self, part: str, ids: set[str]) -> None:
        """Take relations of a part away."""
        name = _relations_of(part)
        xml = self.xml(name)
        gone = [
            each for each in elements_of(xml).all("Relationship") if each.attributes["Id"] in ids
        ]
        self.put(name, spliced(xml, [(each.start, each.end, b"") for each in gone]))

    def type_of(self, part: str) -> str:
        """Return the content type of a part; empty where none is declared."""
        root = elements_of(self.xml(CONTENT_TYPES))
        override = self._override(part, root)
        if override is not None:
            return override.attributes["ContentType"]
        ending = part.rpartition(".")[2].casefold()
        for each in root.all("Default"):
            if each.attributes["Extension"].casefold() == ending:
                return each.attributes["ContentType"]
        return ""

    def declare(self, name: str, content_type: str) -> None:
        """Declare the content type of a part, or of every part with an ending."""
        xml = self.xml(CONTENT_TYPES)
        root = elements_of(xml)
        if "/" not in name and "." not in name:
            if any(each.attributes["Extension"].casefold() == name for each in root.all("Default")):
                return
            key, value, element = "Extension", name, "Default"
        elif (override := self._override(name, root)) is not None:
            change = set_attribute(xml, override, "ContentType", content_type)
            self.put(CONTENT_TYPES, spliced(xml, [change]))
            return
        else:
            key, value, element = "PartName", f"/{name}", "Override"
        piece = f'<{root.prefix}{element} {key}="{quoted(value)}" ContentType="{content_type}"/>'
        self.put(CONTENT_TYPES, spliced(xml, [put_in(xml, root, piece.encode())]))

    def related(self, kind: str) -> str | None:
        """Return the part of a kind that the workbook refers to, such as `styles`."""
        found = (each for each in self.relations(self.workbook) if each.kind == kind)
        return next((each.target for each in found if each.target in self._names), None)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the workbook's sheets in order, sheets that are charts among them."""
        parts = {each.id: each.target for each in self.relations(self.workbook)}
        return tuple(
            Sheet(each.attributes["name"], parts[_id_of(each)], _id_of(each))
            for each in sheet_elements(elements_of(self.xml(self.workbook)))
        )

    def write(self, path: Path) -> None:
        """Write the package, each part that was not changed as it was."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            out.comment = self._archive.comment
            for name in self._names:
                try:
                    info = self._archive.getinfo(name)
                except KeyError:
                    info = zipfile.ZipInfo(name)
                    info.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(_alike(info), self.part(name))
        path.write_bytes(packed.getbuffer())

    def _family(self) -> str:
        """Return how types of relations begin in this package; strict files have their own."""
        found = next(each for each in self.relations(_ROOT) if each.kind == "officeDocument")
        return found.type.rpartition("/")[0] or _OFFICE

    @staticmethod
    def _override(name: str, root: Element) -> Element | None:
        wanted = f"/{name}".casefold()
        found = (each for each in root.all("Override"))
        return next(
            (each for each in found if each.attributes["PartName"].casefold() == wanted), None
        )


def sheet_elements(workbook: Element) -> Iterator[Element]:
    """Yield the elements that list the sheets."""
    sheets = workbook.child("sheets")
    if sheets is None:
        raise ValueError("a workbook without sheets")
    yield from (each for each in sheets.inside if each.name == "sheet")


def reference(holder: Element, relation: str) -> str:
    """Return the attribute by which an element put in another refers to a relation.

    It declares its prefix itself where the other has none: some programs declare it anew on each
    sheet in the list.
    """
    for prefix, address in holder.spaces.items():
        if prefix and address in _REFERRING:
            return f'{prefix}:id="{relation}"'
    address = _OFFICE if STRICT.decode() not in "".join(holder.spaces.values()) else _STRICT_OFFICE
    return f'xmlns:r="{address}" r:id="{relation}"'


def _id_of(element: Element) -> str:
    """Return the relation that an element refers to; `StopIteration` where it refers to none."""
    return next(
        value
        for key, value in element.attributes.items()
        if key.endswith(":id") and element.spaces.get(key.removesuffix(":id")) in _REFERRING
    )


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(element: Element, folder: str) -> Relation:
    at = element.attributes
    target, external = at["Target"], at.get("TargetMode") == "External"
    if not external:
        whole = target.startswith("/")
        target = target.lstrip("/") if whole else posixpath.normpath(posixpath.join(folder, target))
    return Relation(at["Id"], at["Type"], target, external)


def _alike(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return how a part is packed, for packing it anew."""
    made = zipfile.ZipInfo(info.filename, info.date_time)
    made.compress_type = (
        zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    made.external_attr, made.comment = info.external_attr, info.comment
    return made
