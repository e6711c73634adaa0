"""One walk past every view; what was seen is judged by many tests.

Dutch, the longer of the two languages, is looked at in both sizes, English in the usual one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, QStandardPaths

from planner.core.texts import Language
from tests.pictures import views
from tests.pictures.views import PATIENCE_S, VIEWS, wait
from tests.ui.conftest import Answering, Answers, put_away
from tests.ui.every.cut import cut_off
from tests.ui.every.heard import unheard
from tests.ui.every.said import said_in
from tests.ui.every.seen import Seen
from ui import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.window import Window

# The screen of 1366 x 768 at 100 and at 200 %: larger text leaves less room.
SIZES = {100: (1366, 768), 200: (683, 384)}
WAYS = ((Language.NL, 100), (Language.NL, 200), (Language.EN, 100))
SETTLED_S = 0.04
LAID_OUT_S = 3.0
# What takes long and is worded as the page on which it ends.
FIRST = {"calculating"}
# What has the whole forecast made again, and pages laid out as another that is looked at twice.
ONCE = {"findings", "late"} | {
    each for each in VIEWS if each.startswith(("comparison_s", "comparison_d"))
}


@pytest.fixture(scope="module")
def planned(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """The small demo, planned, in a window that asks nobody."""
    del qapp
    folder = tmp_path_factory.mktemp("every")
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    app.application()
    made = app.assemble(folder / "data", Language.NL)
    made.commands.asking = Answering(made.words, Answers())
    made.resize(*SIZES[100])
    made.show()
    made.commands.open_demo("small")
    assert wait(lambda: made.session.is_open, PATIENCE_S)
    made.calculate()
    assert wait(lambda: bool(made.session.plans), PATIENCE_S)
    assert wait(lambda: made.jobs.calculating is None, PATIENCE_S)
    yield made
    put_away(made)


@pytest.fixture(scope="module")
def seen(planned: Window) -> Seen:
    """What every view says and how it lies, in both languages; in Dutch at both sizes."""
    found = Seen()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "BESIDE", 1)  # every plan more asks for several to learn the regret
        for language, scale in WAYS:
            planned.choose_language(language)
            planned.resize(*SIZES[scale])
            for name, view in VIEWS.items():
                again = (language, scale) != WAYS[0]
                if (name in FIRST and again) or (name in ONCE and scale != min(SIZES)):
                    continue
                view.reach(planned)
                wait(lambda: not planned.jobs.at_desk, PATIENCE_S)
                _visit(planned, found, (name, language, scale))
                view.leave(planned)
    planned.resize(*SIZES[100])
    planned.choose_language(Language.NL)
    return found


def _visit(window: Window, found: Seen, where: tuple[str, Language, int]) -> None:
    wait(lambda: not window.isVisible(), SETTLED_S)  # let what was asked for be laid out and drawn
    found.visits += 1
    found.sizes[where] = (window.width(), window.height())
    found.places |= _places(window)
    # A busy machine lays out later: what is cut off for good is so at the end too.

    def fits() -> bool:
        found.cut[where] = cut_off(window)
        return not found.cut[where]

    wait(fits, LAID_OUT_S)
    if where[2] == min(SIZES):
        found.said[where] = said_in(window)
        found.unheard[where] = unheard(window)


def _places(window: Window) -> set[tuple[int | str, int | str]]:
    """Return the step in view, its view, and the parts of that view that are in view."""
    pages, step = window.pages, window.step
    view = pages.view_at(step)
    parts: dict[str, int | str] = {
        "forecast": list(pages.forecast._views)[pages.forecast.tabs.currentIndex()],  # noqa: SLF001 - the keys of the tabs
        "comparison": pages.results.comparison.shown,
        "location": pages.results.location.tabs.currentIndex(),
        "explanation": pages.results.explanation.sections.currentIndex(),
    }
    return {(step, view), *((key, at) for key, at in parts.items() if key == view)}
