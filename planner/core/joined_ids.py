"""Several ids in one cell: of the locations that people may have gone to, joined."""

from __future__ import annotations

JOINER = ";"
