"""What Windows shows of the program's file: its version and name."""

from __future__ import annotations

import re
from pathlib import Path

_RESOURCE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable('041304B0', [
      StringStruct('FileDescription', 'Opvangplan'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('ProductName', 'Opvangplan'),
      StringStruct('ProductVersion', '{version}'),
      StringStruct('LegalCopyright', 'EUPL-1.2'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x0413, 1200])]),
  ],
)
"""


def version_resource(folder: Path, version: str) -> Path:
    """Write the resource for `version` into `folder`, and return its path."""
    numbers = [int(each) for each in re.findall(r"\d+", version)][:4]
    padded = tuple([*numbers, 0, 0, 0, 0][:4])
    path = folder / "version.txt"
    path.write_text(_RESOURCE.format(numbers=padded, version=version), encoding="utf-8")
    return path
