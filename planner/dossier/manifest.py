"""The first page of a dossier: what is in it, of which plan, made by what, and how to repeat it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from planner import __version__
from planner.core.errors import UnusableInputError
from planner.core.texts import message

MANIFEST = "dossier.json"
LAYOUT = 1
# What a figure can hang on besides the program itself.
LIBRARIES = ("highspy", "numpy", "pandas", "scipy", "openpyxl", "xlsxwriter")


@dataclass(frozen=True)
class DossierFile:
    """A file of a dossier: its name, what it holds, and the SHA-256 of its bytes."""

    name: str
    about_nl: str
    about_en: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a dossier says of itself.

    `plan` tells of the plan (scenario, fingerprint, ending, whole), `status` of its status,
    `made_by` the versions, `levels` the value of each level in the order solved, `again` the
    command that makes the plan again in the dossier's folder.
    """

    layout: int
    plan: Mapping[str, Any]
    status: Mapping[str, Any]
    made_by: Mapping[str, str]
    levels: Sequence[Mapping[str, Any]]
    again: str
    parts: tuple[DossierFile, ...]

    def as_json(self) -> bytes:
        """Return the manifest as it stands in a dossier."""
        record = {**vars(self), "parts": [vars(each) for each in self.parts]}
        return json.dumps(record, ensure_ascii=False, indent=1).encode()


def part_of(name: str, content: bytes, about: tuple[str, str]) -> DossierFile:
    """Return a part of the bytes of a file."""
    return DossierFile(name, *about, len(content), digest(content))


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions that a figure can hang on: program, Python, machine, libraries."""
    found = {
        "opvangplan": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found


def manifest_of(content: bytes) -> Manifest:
    """Read a manifest; `UnusableInputError` where it is damaged or of a layout not known here."""
    try:
        record = json.loads(content.decode("utf-8"))
        layout = int(record["layout"])
    except (ValueError, LookupError, TypeError) as fault:
        raise UnusableInputError(message("dossier.damaged", file=MANIFEST)) from fault
    if layout != LAYOUT:
        fields = {"layout": str(layout), "known": str(LAYOUT)}
        raise UnusableInputError(message("dossier.other_layout", **fields))
    try:
        parts = tuple(DossierFile(**each) for each in record.pop("parts"))
        return Manifest(parts=parts, **record)
    except (LookupError, TypeError) as fault:
        raise UnusableInputError(message("dossier.damaged", file=MANIFEST)) from fault
