"""What of a shortfall is gone after a change, by the values of levels before and after it."""

import pytest

from planner.explain.trials import TrialResult, removed

# Ten fall short at the level that is looked at, four of them where one asks why.
BEFORE = TrialResult((3.0, 10.0), 4.0)


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        pytest.param(TrialResult((3.0, 6.0), 0.0), 4.0, id="all of it"),
        pytest.param(TrialResult((3.0, 10.0), 0.0), 0.0, id="it turns up elsewhere"),
        pytest.param(TrialResult((3.0, 9.0), 0.0), 1.0, id="three turn up elsewhere"),
        pytest.param(TrialResult((1.0, 10.0), 0.0), 0.0, id="an earlier level is better"),
        pytest.param(TrialResult((3.0, 12.0), 6.0), 0.0, id="more falls short"),
    ],
)
def test_no_more_is_gone_than_the_level_is_better(after: TrialResult, gone: float) -> None:
    assert gone == removed(4.0, BEFORE, after, 1)
