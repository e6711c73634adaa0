"""The bill of materials of a bundle, as CycloneDX 1.6 has it: each part and each file of it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bundle.parts import Part
from planner import __version__

NAME = "opvangplan.cdx.json"
# Libraries of machine code; of the rest the part alone is told.
_MACHINE = (".so", ".dll", ".dylib", ".pyd")


def bill_of(parts: Sequence[Part], inside: Path, made_at: str) -> dict[str, Any]:
    """Return the bill of a bundle whose files lie below `inside`, made at a time (ISO 8601).

    It names no machine and no chance, so that the same parts give the same bill.
    """
    components = [_component(part, inside) for part in parts]
    mark = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    own = f"pkg:generic/opvangplan@{__version__}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(mark[:32], version=4)}",
        "version": 1,
        "metadata": {
            "timestamp": made_at,
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "opvangplan",
                "version": __version__,
                "purl": own,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            },
        },
        "components": components,
        "dependencies": [
            {"ref": own, "dependsOn": [part.address for part in parts]},
            *({"ref": part.address, "dependsOn": []} for part in parts),
        ],
    }


def _component(part: Part, inside: Path) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.address,
        "name": part.name,
        "version": part.version,
        "purl": part.address,
        "licenses": [{"expression": part.licence}],
    }
    libraries = sorted(name for name in part.files if _is_machine_code(name, inside))
    if libraries:
        found["components"] = [_file(name, inside) for name in libraries]
    return found


def _is_machine_code(name: str, inside: Path) -> bool:
    return any(mark in Path(name).name for mark in _MACHINE) and (inside / name).is_file()


def _file(name: str, inside: Path) -> dict[str, Any]:
    content = hashlib.sha256((inside / name).read_bytes()).hexdigest()
    return {
        "type": "file",
        "name": Path(name).as_posix(),
        "hashes": [{"alg": "SHA-256", "content": content}],
    }
