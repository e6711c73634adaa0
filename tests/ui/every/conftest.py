"""One walk past every view; what was seen is judged by many tests.

Dutch, the longer of the two languages, is looked at where there is least room, English in the usual
size. The slow lane looks at Dutch in the usual size as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.core.texts import Language
from tests.pictures import views
from tests.pictures.views import PATIENCE_S, VIEWS, wait
from tests.ui.every.cut import cut_off
from tests.ui.every.heard import unheard
from tests.ui.every.said import said_in
from tests.ui.every.seen import Seen

if TYPE_CHECKING:
    from ui.window import Window

# The screen of 1366 x 768 at 100 and at 200 %: larger text leaves less room.
SIZES = {100: (1366, 768), 200: (683, 384)}
Way = tuple[Language, int]
SHORT: tuple[Way, ...] = ((Language.NL, 200), (Language.EN, 100))
WHOLE: tuple[Way, ...] = ((Language.NL, 100), *SHORT)
SETTLED_S = 0.04
LAID_OUT_S = 3.0
# What takes long and is worded as the page on which it ends.
FIRST = {"calculating"}
# What has the whole forecast made again, and pages laid out as another that is looked at twice.
ONCE = {"findings", "late"} | {
    each for each in VIEWS if each.startswith(("comparison_s", "comparison_d"))
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(SHORT, id="short"),
        pytest.param(WHOLE, id="whole", marks=pytest.mark.slow),
    ],
)
def seen(request: pytest.FixtureRequest, calculated_window: Window) -> Seen:
    """What every view says and how it lies, in both languages and at both sizes."""
    ways: tuple[Way, ...] = request.param
    found = Seen()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "BESIDE", 1)  # every plan more asks for several to learn the regret
        for language, scale in ways:
            calculated_window.choose_language(language)
            calculated_window.resize(*SIZES[scale])
            for name, view in VIEWS.items():
                if name in FIRST and (language, scale) != ways[0]:
                    continue
                if name in ONCE and (language, scale) in ways[1:-1]:
                    continue
                view.reach(calculated_window)
                wait(lambda: not calculated_window.jobs.at_desk, PATIENCE_S)
                _visit(calculated_window, found, (name, language, scale))
                view.leave(calculated_window)
    calculated_window.resize(*SIZES[100])
    calculated_window.choose_language(Language.NL)
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
    if not any(each[:2] == where[:2] for each in found.said):
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
