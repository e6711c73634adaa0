"""What the Data Package standard, version 1, asks of a package: told by rules of our own.

From specs.frictionlessdata.io: data-package, data-resource, tabular-data-resource, table-schema and
csv-dialect. Each fault is a sentence.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Described = dict[str, Any]
Row = dict[str, str]
_NAME = re.compile(r"[-a-z0-9._/]+")
_PROFILES = {"data-package", "tabular-data-package"}
_TABULAR = "tabular-data-resource"
_PROPERTIES: dict[str, type | tuple[type, ...]] = {
    "name": str, "type": str, "title": str, "description": str, "unit": str, "constraints": dict,
    "decimalChar": str, "trueValues": list, "falseValues": list,
}  # fmt: skip


def faults_of(folder: Path) -> list[str]:
    """What in a folder is not as the standard asks, its data included."""
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return list(_faults(folder, package))


def _faults(folder: Path, package: Described) -> Iterator[str]:
    if package.get("profile") not in _PROFILES or not _NAME.fullmatch(package["name"]):
        yield "the package has no profile or name of the standard"
    resources = package["resources"]
    names = [each["name"] for each in resources]
    if len({*names}) < len(names) or not resources:
        yield "resources have no name of their own"
    tables = {each["name"]: _rows(folder, each) for each in resources}
    for each in resources:
        told = (*_of_resource(each), *_of_rows(each, tables[each["name"]]))
        yield from (f"{each['name']}: {fault}" for fault in told)
        for foreign in each["schema"].get("foreignKeys", []):
            yield from _of_reference(each, foreign, tables, resources)


def _rows(folder: Path, resource: Described) -> list[Row]:
    dialect = resource["dialect"]
    with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=dialect["delimiter"]))


def _of_resource(resource: Described) -> Iterator[str]:
    path = resource["path"]
    if path.startswith("/") or ".." in path or ":" in path:
        yield "its path leaves the folder"
    if not _NAME.fullmatch(resource["name"]) or resource["profile"] != _TABULAR:
        yield "it has no name or profile of the standard"
    if {"delimiter", "lineTerminator", "header"} - resource["dialect"].keys():
        yield "its dialect is not told"
    yield from _of_schema(resource["schema"])


def _of_schema(schema: Described) -> Iterator[str]:
    names = [each["name"] for each in schema["fields"]]
    if len({*names}) < len(names):
        yield "two fields have one name"
    for each in schema["fields"]:
        unknown = [key for key in each if not isinstance(each[key], _PROPERTIES.get(key, ()))]
        if unknown or each["type"] not in _READ:
            yield f"field {each['name']}: {unknown or each['type']}"
    key = schema.get("primaryKey", [])
    if not key or not {*key} <= {*names}:
        yield "no fields tell its rows apart"
    if schema["missingValues"] != [""]:
        yield "what is missing is not told"


def _of_rows(resource: Described, rows: list[Row]) -> Iterator[str]:
    fields = {each["name"]: each for each in resource["schema"]["fields"]}
    for row in rows:
        if [*row] != [*fields]:
            yield f"columns {[*row]}"
            return
    for name, each in fields.items():
        read = _READ.get(each["type"], str)
        cells = {row[name] for row in rows}
        if "" in cells and each.get("constraints", {}).get("required"):
            yield f"{name} is empty and must not be"
        for cell in cells - {""}:
            try:
                read(cell.replace(each.get("decimalChar", "."), "."))
            except (ValueError, KeyError):
                yield f"{name}: {cell} is no {each['type']}"
                break
    key = resource["schema"].get("primaryKey", [])
    values = [tuple(row[each] for each in key) for row in rows]
    if any("" in value for value in values) or len({*values}) < len(values):
        yield f"rows are not told apart by {key}"


def _of_reference(
    resource: Described, foreign: Described, tables: dict[str, list[Row]], all_of: list[Described]
) -> Iterator[str]:
    to, fields = foreign["reference"], foreign["fields"]
    here = f"{resource['name']}.{fields}"
    known = {each["name"]: [field["name"] for field in each["schema"]["fields"]] for each in all_of}
    if not {*to["fields"]} <= {*known.get(to["resource"], ())} or len(to["fields"]) != len(fields):
        yield f"{here}: no such fields as {to}"
        return
    there = {tuple(row[each] for each in to["fields"]) for row in tables[to["resource"]]}
    lacking = {tuple(row[each] for each in fields) for row in tables[resource["name"]]} - there
    yield from (f"{here}: {each} stands nowhere" for each in sorted(lacking) if any(each))


_READ: dict[str, Callable[[str], object]] = {
    "string": str,
    "number": float,
    "integer": int,
    "date": dt.date.fromisoformat,
    "boolean": {"True": True, "False": False}.__getitem__,
}
