"""What was chosen when a file was taken over, kept for the next file of the same shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.files.json_file import write_json
from planner.importing.preview import Choices, SheetChoice

# A planner knows a handful of shapes; the oldest are let go.
_MOST = 100


def remember(store: Path, shape: str, choices: Choices) -> None:
    """Keep the choices for a shape in a file; `TargetInUseError` where it cannot be written."""
    known = _read(store)
    known.pop(shape, None)
    known[shape] = {
        name: {
            "table": each.table,
            "header_row": each.header_row,
            "columns": {str(at): key for at, key in each.columns.items()},
        }
        for name, each in choices.items()
    }
    write_json(store, dict(list(known.items())[-_MOST:]))


def recall(store: Path, shape: str) -> Choices | None:
    """Return what was chosen for a shape; nothing where it is new, or the store cannot be read."""
    kept = _read(store).get(shape)
    try:
        return None if kept is None else {name: _choice(each) for name, each in kept.items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _choice(kept: dict[str, Any]) -> SheetChoice:
    columns = {int(at): str(key) for at, key in kept["columns"].items()}
    row = kept["header_row"]
    return SheetChoice(str(kept["table"]), None if row is None else int(row), columns)


def _read(store: Path) -> dict[str, Any]:
    try:
        kept = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
