"""Tables of one schema with their description, as a Frictionless data package.

`datapackage.json` tells of every table its fields (type, title, unit), its primary key and what its
codes refer to, by the words of the Data Package standard, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner import __version__
from planner.files.table_files import TableFormat, write_together

DESCRIPTION = "datapackage.json"
_DIALECTS: Mapping[TableFormat, Mapping[str, object]] = {
    TableFormat.CSV: {"delimiter": ",", "lineTerminator": "\n", "header": True},
    TableFormat.EXCEL_CSV: {"delimiter": ";", "lineTerminator": "\r\n", "header": True},
}


@dataclass(frozen=True)
class Field:
    """A column: its name, type (string, number, date, boolean), title, unit and what it says."""

    name: str
    type: str
    title: str
    description: str
    unit: str = ""


@dataclass(frozen=True)
class Reference:
    """Fields of a table whose values stand in a table, in fields of the same names or others."""

    fields: tuple[str, ...]
    resource: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """A table of the schema; `key` is empty where no fields tell its rows apart."""

    name: str
    title: str
    fields: tuple[Field, ...]
    frame: pd.DataFrame
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


def save_package(
    folder: Path, resources: Sequence[Resource], kind: TableFormat, about: Mapping[str, str]
) -> tuple[Path, ...]:
    """Write each table to a file named after it, and what describes them; return the files.

    `about` says which plan they are of. Errors as in saving tables.
    """
    described = [_described(each, kind) for each in resources]
    record = {
        "profile": "data-package",
        "name": "opvangplan",
        "title": "Opvangplan",
        "version": __version__,
        "plan": dict(about),
        "resources": described,
    }
    frames = {each.name: each.frame for each in resources}
    return write_together(folder, frames, kind, DESCRIPTION, record)


def _described(resource: Resource, kind: TableFormat) -> dict[str, object]:
    described: dict[str, object] = {
        "name": resource.name,
        "title": resource.title,
        "path": f"{resource.name}.{kind.ending}",
        "format": kind.ending,
        "profile": "data-resource" if kind is TableFormat.PARQUET else "tabular-data-resource",
        "schema": _schema(resource, kind),
    }
    if kind in _DIALECTS:
        described |= {
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": dict(_DIALECTS[kind]),
        }
    return described


def _schema(resource: Resource, kind: TableFormat) -> dict[str, object]:
    fields: list[dict[str, object]] = []
    for each in resource.fields:
        field: dict[str, object] = {
            "name": each.name,
            "type": each.type,
            "title": each.title,
            "description": each.description,
        }
        if each.unit:
            field["unit"] = each.unit
        if each.type == "number" and kind is TableFormat.EXCEL_CSV:
            field["decimalChar"] = ","
        if each.type == "boolean":
            field |= {"trueValues": ["True"], "falseValues": ["False"]}
        if each.name in resource.key:
            field["constraints"] = {"required": True}
        fields.append(field)
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    if resource.references:
        schema["foreignKeys"] = [
            {
                "fields": list(each.fields),
                "reference": {
                    "resource": each.resource,
                    "fields": list(each.to or each.fields),
                },
            }
            for each in resource.references
        ]
    return schema
