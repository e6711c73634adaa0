"""Make `provinces.json` from the drawing of the provinces: `python -m resources.map.convert SVG`.

The drawing holds relative lines only, so that adding them up is all there is to do; `README.md`
says where it comes from.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET  # the drawing is our own copy

SHAPE = "{http://www.w3.org/2000/svg}path"
DIGITS = 1  # of a pixel; a pixel is about 430 metres
LEAST_POINTS = 3

Ring = list[list[float]]


def rings(path: str) -> list[Ring]:
    """Return the outlines of a path of relative lines, in pixels.

    `ValueError` for a path with anything but moves, lines and closings.
    """
    found: list[Ring] = []
    x = y = 0.0
    for part in re.findall(r"[a-zA-Z]|-?[\d.]+,-?[\d.]+", path):
        if part == "m":
            found.append([])
        elif part == "z":
            x, y = found[-1][0]
        elif part.isalpha():
            raise ValueError(f"a path may not hold {part!r}")
        else:
            right, down = map(float, part.split(","))
            x, y = x + right, y + down
            found[-1].append([x, y])
    return [ring for ring in map(_rounded, found) if len(ring) >= LEAST_POINTS]


def _rounded(ring: Ring) -> Ring:
    """Return an outline rounded, without points that fall together."""
    kept: Ring = []
    for x, y in ring:
        point = [round(x, DIGITS), round(y, DIGITS)]
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


def convert(drawing: Path, to: Path) -> None:
    """Write the outlines of a drawing as names with their outlines, one province a line."""
    shapes = ET.parse(drawing).getroot().iter(SHAPE)  # noqa: S314 - a file that the caller chose
    lines = [
        json.dumps(
            {"name": shape.get("name"), "rings": rings(shape.get("d", ""))}, separators=(",", ":")
        )
        for shape in shapes
    ]
    to.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(__file__).parent / "provinces.json")
