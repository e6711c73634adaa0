"""Mappings that were used, kept for the next files of their shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.files.json_file import write_json
from planner.importing.mapping import ImportMapping, mapping_of, mapping_record
from planner.importing.part_rows import File
from planner.importing.taking import all_parts_stand

# A planner knows a handful of shapes; the oldest are let go.
_MOST = 50


def remember_mapping(store: Path, mapping: ImportMapping) -> None:
    """Keep a mapping, the last used first; `TargetInUseError` where it cannot be written."""
    parts = mapping_record(mapping)["parts"]
    others = [each for each in _kept(store) if mapping_record(each)["parts"] != parts]
    records = [mapping_record(each) for each in (mapping, *others)]
    store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_json(store, {"mappings": records[:_MOST]})
    store.chmod(0o600)  # words of people's workbooks stand in it


def recall_mapping(store: Path, files: Sequence[File]) -> ImportMapping | None:
    """Return the mapping used last whose parts all stand in these files; nothing without one."""
    return next((each for each in _kept(store) if all_parts_stand(each, files)), None)


def _kept(store: Path) -> Iterator[ImportMapping]:
    """Yield the mappings of a store; what cannot be read of it is passed over."""
    try:
        records = json.loads(store.read_text(encoding="utf-8"))["mappings"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    for each in records:
        try:
            yield mapping_of(each)
        except (UnusableInputError, AttributeError, TypeError, ValueError, LookupError):
            continue
