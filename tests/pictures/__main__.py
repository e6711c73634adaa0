"""Pictures of every view, with the national demo: `python -m tests.pictures --out DIR`.

Each view is drawn in both languages, light and dark, at 100, 150 and 200 %; Qt fixes its scale
when it starts, so every scale is a process of its own. `index.html` shows them side by side.
Where the national plan is not there within the time given, the small demo's is drawn, and the
page says so.
"""

from __future__ import annotations

import argparse
import html
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.pictures.dialogs import DIALOGS
from tests.pictures.views import PATIENCE_S, VIEWS, wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.window import Window

ALL: dict[str, Any] = {**VIEWS, **DIALOGS}
SCALES = (100, 150, 200)
SCREEN = "1366x768"


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the views asked for and the page that shows them."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL), metavar="VIEW")
    parser.add_argument("--size", choices=("national", "small"), default="national")
    parser.add_argument("--scales", nargs="+", type=int, choices=SCALES, default=list(SCALES))
    parser.add_argument("--screen", default=SCREEN, help=f"pixels, {SCREEN} unless given")
    parser.add_argument("--patience", type=float, default=PATIENCE_S, help="seconds for a plan")
    parser.add_argument("--at", type=int, choices=SCALES, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.at is not None:
        return _draw(given)
    for scale in given.scales:
        done = _at_scale(scale, sys.argv[1:] if argv is None else list(argv))
        if done != 0:
            return done
    _write_index(given.out)
    print(f"{len(list(given.out.glob('*.png')))} pictures: {given.out / 'index.html'}")
    return 0


def _at_scale(scale: int, argv: list[str]) -> int:
    """Draw at a scale, in a process with settings of its own."""
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        offscreen = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale / 100)}
        command = [sys.executable, "-m", "tests.pictures", *argv, "--at", str(scale)]
        done = subprocess.run(command, env={**os.environ, **own, **offscreen}, check=False)  # noqa: S603 - ourselves
    return done.returncode


def _draw(given: argparse.Namespace) -> int:
    """Open the demo, plan it, and draw each view in each language and look."""
    from planner.core.texts import Language  # noqa: PLC0415 - the scale is set before Qt is loaded
    from ui import app  # noqa: PLC0415 - as above
    from ui.theme import ColourScheme  # noqa: PLC0415 - as above

    app.application()
    window = app.assemble(Path(tempfile.mkdtemp()), Language.NL)
    # The screen stays the size that it is: a larger scale leaves less room.
    width, height = map(int, given.screen.split("x"))
    window.resize(width * 100 // given.at, height * 100 // given.at)
    window.show()
    _settle(window)
    for language in Language:
        for look in (ColourScheme.LIGHT, ColourScheme.DARK):
            window.choose_language(language)
            window.choose_look(look)
            _take(window, given, "start", f"{language}-{look}")
    window.choose_language(Language.NL)  # a demo names its sheets in the language of the moment
    window.commands.open_demo(given.size)
    wait(lambda: window.session.is_open, PATIENCE_S)
    if any(ALL[view].of_plan for view in given.only):
        _plan(window, given)
    for language in Language:
        for look in (ColourScheme.LIGHT, ColourScheme.DARK):
            window.choose_language(language)
            window.choose_look(look)
            for view in tuple(VIEWS)[1:]:
                _take(window, given, view, f"{language}-{look}")
            for dialog in DIALOGS:
                _take_dialog(window, given, dialog, f"{language}-{look}")
    window.commands.close()
    return 0


def _plan(window: Window, given: argparse.Namespace) -> None:
    """Plan the demo; the small one where the national one takes too long."""
    window.calculate()
    if wait(lambda: bool(window.session.plans), given.patience):
        return
    (given.out / "small.txt").write_text("the results are those of the small demo\n")
    window.commands.cancel()
    wait(lambda: window.jobs.calculating is None, PATIENCE_S)
    window.commands.open_demo("small")
    wait(lambda: window.session.origin.demo == "small", PATIENCE_S)
    window.calculate()
    wait(lambda: bool(window.session.plans), PATIENCE_S)


def _take(window: Window, given: argparse.Namespace, view: str, how: str) -> None:
    """Go to a view and keep its picture."""
    if view not in given.only:
        return
    VIEWS[view].reach(window)
    _settle(window)
    window.grab().save(str(given.out / f"{view}-{how}-{given.at}.png"))
    VIEWS[view].leave(window)


def _take_dialog(window: Window, given: argparse.Namespace, name: str, how: str) -> None:
    """Open a dialog and keep its picture, no larger than the screen."""
    if name not in given.only:
        return
    dialog = DIALOGS[name].show(window)
    if dialog is not None:
        dialog.resize(dialog.size().boundedTo(window.size()))
        _settle(window)
        dialog.grab().save(str(given.out / f"{name}-{how}-{given.at}.png"))
        dialog.close()


def _settle(window: Window) -> None:
    """Let every drawing that was asked for be made; charts and the answer come by parts."""
    from ui.charts.panel import ChartPanel  # noqa: PLC0415 - the scale is set before Qt is loaded
    from ui.views.answer import AnswerView  # noqa: PLC0415 - as above

    def whole() -> bool:
        charts = [each for each in window.findChildren(ChartPanel) if each.isVisible()]
        return all(each.drawn for each in charts) and all(
            each.filled for each in window.findChildren(AnswerView)
        )

    for _ in range(6):
        wait(lambda: True, 1.0)
        window.repaint()
        until = time.monotonic() + 0.03
        wait(lambda until=until: time.monotonic() > until, 1.0)  # type: ignore[misc] # mypy and defaults
        wait(whole, PATIENCE_S)


def _write_index(out: Path) -> None:
    pictures = sorted(out.glob("*.png"))
    note = out / "small.txt"
    said = f"<p>{html.escape(note.read_text())}</p>" if note.is_file() else ""
    figures = "\n".join(
        f'<figure><img src="{html.escape(each.name)}" width="680" alt="{html.escape(each.stem)}">'
        f"<figcaption>{html.escape(each.stem)}</figcaption></figure>"
        for each in pictures
    )
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Opvangplan: pictures</title>'
        "<style>body{font-family:sans-serif;display:flex;flex-wrap:wrap;gap:12px}"
        f"figure{{margin:0}}</style>{said}{figures}</html>"
    )
    (out / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
