"""Make the font of pictures from the one it is taken from: see `README.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Below this stand letters, digits and signs, which the font of the text has.
FIRST_PICTURE = 0x2001


def convert(source: Path, target: Path) -> None:
    """Write the pictures of a font as TrueType."""
    font = TTFont(source)
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[each for each in font.getBestCmap() if each >= FIRST_PICTURE])
    subsetter.subset(font)
    font.flavor = None
    font.save(target)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(__file__).parent / "NotoEmoji.ttf")
