"""Numbers in sentences: the marks of the language, and nothing shown as 0 that is not."""

from __future__ import annotations

import pytest

from planner.core.texts import Language, show_number


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (12.0, "12", "12"),
        (0.003, "0,003", "0.003"),
        (-0.0004, "-0,0004", "-0.0004"),
        (0.00001, "0", "0"),
        (-1e-9, "0", "0"),
    ],
)
def test_a_number_is_shown_as_the_language_writes_it(
    value: float, dutch: str, english: str
) -> None:
    assert dutch == show_number(value, Language.NL)
    assert english == show_number(value, Language.EN)
