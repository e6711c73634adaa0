"""The pictures in the help, with the small demo: `python -m tests.pictures.help`.

They are small and have few colours, so that the program they ship with stays small.
"""

from __future__ import annotations

import os
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.pictures.views import PATIENCE_S, VIEWS, wait

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

WIDTH, HEIGHT = 1100, 640
COLOURS = 64
SHOWN = {"tables": "data", "findings": "findings", "answer": "answer", "why": "explanation"}


def main() -> None:
    """Draw each picture in both languages into the folder of the help."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSettings, Qt  # noqa: PLC0415 - the platform is set before Qt is loaded

    from planner.core.texts import Language  # noqa: PLC0415 - as above
    from ui import app  # noqa: PLC0415 - as above
    from ui.theme import ColourScheme  # noqa: PLC0415 - as above

    home = tempfile.mkdtemp()
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
    app.application()
    window = app.assemble(Path(home), Language.NL)
    window.choose_look(ColourScheme.LIGHT)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.commands.open_demo("small")
    wait(lambda: window.session.is_open, PATIENCE_S)
    window.calculate()
    wait(lambda: bool(window.session.plans), PATIENCE_S)
    folder = Path(str(files("resources"))) / "help"
    for language in Language:
        window.choose_language(language)
        for name, view in SHOWN.items():
            VIEWS[view].reach(window)
            wait(lambda: False, 3.0)
            picture = window.grab().toImage()
            plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
            indexed = picture.Format.Format_Indexed8
            picture = picture.convertToFormat(indexed, _colours(picture), plain)
            target = folder / language.value / "images" / f"{name}.png"
            picture.save(str(target), quality=0)
            print(f"{target.relative_to(folder)}: {target.stat().st_size // 1024} kB")
            VIEWS[view].leave(window)
    window.commands.close()


def _colours(picture: QImage) -> list[int]:
    """Return the colours that a picture uses most, so that they stay what they are."""
    plain = picture.convertToFormat(picture.Format.Format_RGB32)
    found, counts = np.unique(np.frombuffer(plain.constBits(), np.uint32), return_counts=True)
    return [int(each) for each in found[np.argsort(-counts)[:COLOURS]]]


if __name__ == "__main__":
    main()
