"""Writing a JSON file whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from planner.files.whole_file import whole_file


def write_json(path: Path, record: Mapping[str, object]) -> None:
    """Write an object as JSON; `TargetInUseError` where the file is in use."""
    with whole_file(path) as draft:
        draft.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
