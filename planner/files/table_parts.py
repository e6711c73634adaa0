"""The spreadsheet's own tables in a package: what they are called, and ours beside theirs.

A workbook has each name and each number of a table once, and no table is called as a defined name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.sax.saxutils import escape, unescape

from planner.files.package import Package
from planner.files.xml_spans import Element, elements_of, spliced, with_attribute

# Formulas stand in elements of these names: of cells, names, rules of cells and looks, charts.
_FORMULAS = re.compile(
    rb"<(?:[^\s<>/:]+:)?(?:f|definedName|formula1?|formula2|calculatedColumnFormula)\b[^>]*>"
    rb"([^<]*\[[^<]*)<"
)


def as_another(package: Package, xml: bytes) -> bytes:
    """Return the XML of a table with a number and a name that are free in a package."""
    tables = list(_tables_in(package))
    numbers = {int(each.attributes["id"]) for each in tables}
    names = {each.attributes["displayName"].casefold() for each in tables} | _defined(package)
    root = elements_of(xml)
    name = free = root.attributes["displayName"]
    number = 1
    while free.casefold() in names:
        number += 1
        free = f"{name}_{number}"
    here = int(root.attributes["id"])
    tag = xml[root.start : root.inner]
    attributes = {
        "id": str(here if here not in numbers else max(numbers) + 1),
        "name": free,
        "displayName": free,
    }
    for key, to in attributes.items():
        tag = with_attribute(tag, key, to)
    return spliced(xml, [(root.start, root.inner, tag)])


def tables_of(package: Package, part: str) -> frozenset[str]:
    """Return what the tables of a sheet are called, whose part is named."""
    return frozenset(each.attributes["displayName"] for each in _on_sheet(package, part))


def used_without(package: Package, names: Collection[str]) -> str:
    """Return a name that a formula uses and no table has any more; empty where there is none."""
    gone = set(names) - {each.attributes["displayName"] for each in _tables_in(package)}
    if not gone:
        return ""
    used = b"|".join(re.escape(escape(each).encode()) for each in sorted(gone))
    asked = re.compile(rb"(?<![\w.])(" + used + rb")\[", re.IGNORECASE)
    by_name = {each.casefold(): each for each in gone}
    for part in package.names:
        if not part.endswith(".xml"):
            continue
        for formula in _FORMULAS.finditer(package.xml(part)):
            found = asked.search(formula[1])
            if found is not None:
                return by_name[unescape(found[1].decode()).casefold()]
    return ""


def _on_sheet(package: Package, part: str) -> Iterator[Element]:
    for each in package.relations(part):
        if each.kind == "table":
            yield elements_of(package.xml(each.target))


def _tables_in(package: Package) -> Iterator[Element]:
    for sheet in package.sheets():
        yield from _on_sheet(package, sheet.part)


def _defined(package: Package) -> set[str]:
    names = elements_of(package.xml(package.workbook)).all("definedName")
    return {each.attributes["name"].casefold() for each in names}
