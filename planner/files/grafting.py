"""Putting sheets of a workbook that we wrote into one that is kept, and taking ours out of it.

A sheet is moved with all that hangs on it: its looks, drawings, charts, notes, and the names that
are of it alone. Whatever else stands in the workbook stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from openpyxl.utils.cell import absolute_coordinate

from planner.files.package import Package, Sheet, reference, sheet_elements
from planner.files.style_patch import EMPTY_STYLES, StyleSheet
from planner.files.table_parts import as_another
from planner.files.xml_spans import (
    Element,
    Splice,
    elements_of,
    put_in,
    quoted,
    set_attribute,
    spliced,
    with_attribute,
)

_FILTER = "_xlnm._FilterDatabase"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLED = re.compile(rb'(<(?:c|row)\b[^<>]*?\ss=")(\d+)(")')
_STYLED_COLUMN = re.compile(rb'(<col\b[^<>]*?\sstyle=")(\d+)(")')
_LOOK = re.compile(rb'(\bdxfId=")(\d+)(")')
_SHARED = re.compile(rb'(<c\b[^<>]*?) t="s"([^<>]*)><v>(\d+)</v></c>')
_VIEW = re.compile(rb"<(?:[^\s<>/:]+:)?sheetView\b[^>]*>")
_DATA = re.compile(rb"<(?:[^\s<>/:]+:)?sheetData\b")
# What comes before the names and the calculation in a workbook's list, as the format wants it.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
_BEFORE_CALCULATION = ("definedNames", *_BEFORE_NAMES)


def styles_of(package: Package) -> tuple[str, StyleSheet]:
    """Return the part with the cell formats, made where there is none, and what it holds."""
    name = package.related("styles")
    if name is None:
        name = package.free(posixpath.join(posixpath.dirname(package.workbook), "styles.xml"))
        package.put(name, EMPTY_STYLES)
        package.declare(name, f"{_SPREADSHEET}.styles+xml")
        package.relate(package.workbook, "styles", name)
    return name, StyleSheet(package.xml(name))


def drop_sheets(package: Package, names: Sequence[str]) -> None:
    """Take sheets out with all that hangs on them alone."""
    gone = [each for each in package.sheets() if each.name in names]
    before = [each.name for each in package.sheets()]
    hanging = {part for each in gone for part in _hanging_on(package, each.part)}
    package.unrelate(package.workbook, {each.id for each in gone})
    for part in hanging - _hanging_on(package, package.workbook):
        package.drop(part)
    xml = package.xml(package.workbook)
    listed = sheet_elements(elements_of(xml))
    splices = [(each.start, each.end, b"") for each in listed if each.attributes["name"] in names]
    package.put(package.workbook, spliced(xml, splices))
    _renumber(package, before)


def graft(package: Package, ours: Package, styles: StyleSheet, first: Sequence[str] = ()) -> None:
    """Put every sheet of our workbook behind those of a package, the `first` before them.

    The names of the sheets must be free, and the cell formats are put in `styles`.
    """
    looks = package.as_written_here(ours.xml(ours.related("styles") or ""))
    offsets = styles.take_over(looks)
    strings = _strings(ours)
    moved: dict[str, str] = {}
    before = [each.name for each in package.sheets()]
    for sheet in ours.sheets():
        xml = package.as_written_here(ours.xml(sheet.part))
        xml = _STYLED.sub(_shifted(offsets.cells), xml)
        xml = _STYLED_COLUMN.sub(_shifted(offsets.cells), xml)
        xml = _LOOK.sub(_shifted(offsets.conditional), xml)
        xml = _SHARED.sub(lambda found: _in_place(found, strings), xml)
        part = _moved(package, ours, sheet.part, moved, selected(xml, chosen=False))
        _list(package, sheet, part, _state(ours, sheet))
    if first:
        _put_first(package, first)
    _renumber(package, before)
    _take_names(package, ours)


def selected(xml: bytes, *, chosen: bool) -> bytes:
    """Return a sheet's XML as the one that is shown, or as one that is not."""
    data = _DATA.search(xml)
    end = len(xml) if data is None else data.start()
    view = _VIEW.search(xml, 0, end)
    if view is None or (b"tabSelected" not in view[0] and not chosen):
        return xml
    tag = with_attribute(view[0], "tabSelected", "1" if chosen else None)
    return xml[: view.start()] + tag + xml[view.end() :]


def show(package: Package, name: str) -> None:
    """Have a workbook open at a sheet; only that one is selected."""
    names = [each.name for each in package.sheets()]
    for each in package.sheets():
        xml = package.xml(each.part)
        changed = selected(xml, chosen=each.name == name)
        if changed != xml:
            package.put(each.part, changed)
    xml = package.xml(package.workbook)
    views = list(elements_of(xml).all("workbookView"))[:1]
    at = str(names.index(name))
    splices = []
    for view in views:
        tag = with_attribute(xml[view.start : view.inner], "activeTab", at)
        splices.append((view.start, view.inner, with_attribute(tag, "firstSheet", None)))
    package.put(package.workbook, spliced(xml, splices))


def calculate_on_opening(package: Package) -> None:
    """Have the next program that opens the workbook calculate it, for inputs changed."""
    xml = package.xml(package.workbook)
    root = elements_of(xml)
    found = root.child("calcPr")
    if found is not None:
        change = set_attribute(xml, found, "fullCalcOnLoad", "1")
    else:
        at = _after(root, _BEFORE_CALCULATION)
        change = (at, at, f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode())
    package.put(package.workbook, spliced(xml, [change]))


def forget_order_of_calculation(package: Package) -> None:
    """Take the list of formulas away; programs make it anew, and a wrong one is damage."""
    chain = package.related("calcChain")
    if chain is not None:
        ids = {each.id for each in package.relations(package.workbook) if each.target == chain}
        package.unrelate(package.workbook, ids)
        package.drop(chain)


def grow_filter_name(package: Package, sheet: str, grown: Callable[[str], str | None]) -> None:
    """Have the name of what is filtered on a sheet cover what its filter covers now."""
    at = str([each.name for each in package.sheets()].index(sheet))
    xml = package.xml(package.workbook)
    for each in _names_in(elements_of(xml)):
        if each.attributes["name"] != _FILTER or each.attributes.get("localSheetId") != at:
            continue
        before, _, written = xml[each.inner : each.outer].decode().rpartition("!")
        now = grown(written.replace("$", ""))
        if now is not None:
            named = f"{before}!{absolute_coordinate(now)}".encode()
            package.put(package.workbook, spliced(xml, [(each.inner, each.outer, named)]))


def _shifted(offset: int) -> Callable[[re.Match[bytes]], bytes]:
    def shift(found: re.Match[bytes]) -> bytes:
        number = int(found[2])
        # The first format of each workbook is the plain one.
        return found[1] + str(number + offset if number else 0).encode() + found[3]

    return shift


def _strings(ours: Package) -> list[bytes]:
    """Return what stands inside each of our shared texts."""
    name = ours.related("sharedStrings")
    if name is None:
        return []
    xml = ours.xml(name)
    return [xml[each.inner : each.outer] for each in elements_of(xml).inside]


def _in_place(found: re.Match[bytes], strings: Sequence[bytes]) -> bytes:
    before, after, number = found.groups()
    return b'%s t="inlineStr"%s><is>%s</is></c>' % (before, after, strings[int(number)])


def _moved(
    package: Package, ours: Package, part: str, moved: dict[str, str], content: bytes | None = None
) -> str:
    """Put a part of ours, with all it refers to, in a package; return its name there."""
    if part in moved:
        return moved[part]
    name = package.free(part)
    moved[part] = name
    package.put(name, package.as_written_here(ours.part(part)) if content is None else content)
    written = ours.type_of(part)
    if part.endswith(".xml"):
        package.declare(name, written)
    else:
        package.declare(part.rpartition(".")[2].casefold(), written)
    ids: dict[str, str] = {}
    for each in ours.relations(part):
        table = None
        if each.kind == "table":
            table = as_another(package, package.as_written_here(ours.xml(each.target)))
        target = each.target if each.external else _moved(package, ours, each.target, moved, table)
        kind = each.type if each.external else each.kind
        ids[each.id] = package.relate(name, kind, target, external=each.external)
    if any(old != new for old, new in ids.items()):
        raise ValueError("relations in another order")
    return name


def _list(package: Package, sheet: Sheet, part: str, state: str) -> None:
    """Add a sheet at the end of the workbook's list."""
    relation = package.relate(package.workbook, "worksheet", part)
    xml = package.xml(package.workbook)
    root = elements_of(xml)
    listed = list(sheet_elements(root))
    number = max(int(each.attributes["sheetId"]) for each in listed) + 1
    hidden = f' state="{state}"' if state else ""
    holder = root.child("sheets")
    if holder is None:
        raise ValueError("a workbook without sheets")
    piece = (
        f'<{holder.prefix}sheet name="{quoted(sheet.name)}" sheetId="{number}"{hidden} '
        f"{reference(holder, relation)}/>"
    )
    package.put(package.workbook, spliced(xml, [put_in(xml, holder, piece.encode())]))


def _state(ours: Package, sheet: Sheet) -> str:
    listed = sheet_elements(elements_of(ours.xml(ours.workbook)))
    found = next(each for each in listed if each.attributes["name"] == sheet.name)
    return found.attributes.get("state", "")


def _put_first(package: Package, names: Sequence[str]) -> None:
    xml = package.xml(package.workbook)
    listed = list(sheet_elements(elements_of(xml)))
    first = [each for each in listed if each.attributes["name"] in names]
    if len(listed) == len(first):
        return
    piece = b"".join(xml[each.start : each.end] for each in first)
    splices: list[Splice] = [(each.start, each.end, b"") for each in first]
    start = listed[0].start
    if listed[0] in first:
        return
    package.put(package.workbook, spliced(xml, [(start, start, piece), *splices]))


def _renumber(package: Package, before: Sequence[str]) -> None:
    """Have what counts sheets by their place count them where they stand now."""
    now = {each.name: at for at, each in enumerate(package.sheets())}
    if list(now)[: len(before)] == list(before):
        return
    xml = package.xml(package.workbook)
    root = elements_of(xml)
    splices: list[Splice] = []
    for each in _names_in(root):
        if "localSheetId" in each.attributes:
            sheet = before[int(each.attributes["localSheetId"])]
            if sheet in now:
                splices.append(set_attribute(xml, each, "localSheetId", str(now[sheet])))
            else:
                splices.append((each.start, each.end, b""))
    for view in root.all("workbookView"):
        tag = xml[view.start : view.inner]
        for key in ("activeTab", "firstSheet"):
            if key in view.attributes:
                at = int(view.attributes[key])
                sheet = before[at] if at < len(before) else ""
                tag = with_attribute(tag, key, str(now.get(sheet, 0)))
        splices.append((view.start, view.inner, tag))
    package.put(package.workbook, spliced(xml, splices))


def _names_in(root: Element) -> list[Element]:
    found = root.child("definedNames")
    return [] if found is None else [each for each in found.inside if each.name == "definedName"]


def _take_names(package: Package, ours: Package) -> None:
    """Take over the names that are of one sheet of ours: what is filtered and what is printed."""
    theirs = ours.xml(ours.workbook)
    sheets = [each.name for each in ours.sheets()]
    now = {each.name: at for at, each in enumerate(package.sheets())}
    xml = package.xml(package.workbook)
    root = elements_of(xml)
    found = root.child("definedNames")
    prefix = (root if found is None else found).prefix
    pieces = b""
    for each in _names_in(elements_of(theirs)):
        at = now[sheets[int(each.attributes["localSheetId"])]]
        tag = with_attribute(theirs[each.start : each.inner], "localSheetId", str(at))
        tag = tag.replace(b"<definedName", f"<{prefix}definedName".encode(), 1)
        closed = f"</{prefix}definedName>".encode()
        pieces += tag + theirs[each.inner : each.outer] + closed
    if not pieces:
        return
    if found is not None:
        change = put_in(xml, found, pieces)
    else:
        at = _after(root, _BEFORE_NAMES)
        name = f"{prefix}definedNames>".encode()
        change = (at, at, b"<" + name + pieces + b"</" + name)
    package.put(package.workbook, spliced(xml, [change]))


def _after(root: Element, names: Sequence[str]) -> int:
    """Return where the last of some elements of a workbook's list ends."""
    return max(found.end for found in map(root.child, names) if found is not None)


def _hanging_on(package: Package, part: str) -> set[str]:
    """Return a part and all parts that it refers to, directly or not."""
    found: set[str] = set()
    left = [part]
    while left:
        name = left.pop()
        if name in found or name not in package.names:
            continue
        found.add(name)
        left += [each.target for each in package.relations(name) if not each.external]
    return found


def refers_to(package: Package, sheet: str) -> bool:
    """Whether anything in a workbook refers to the cells of a sheet by its name."""
    name = escape(sheet.replace("'", "''")).encode()
    after = re.compile(re.escape(name) + rb"(?:'|&apos;)?!")
    strings = package.related("sharedStrings")
    return any(
        after.search(package.xml(each)) is not None
        for each in package.names
        if each.endswith(".xml") and each != strings and not each.startswith("docProps/")
    )
