"""What a plan tells of the size of DOL: what is assumed, what follows, in how many futures."""

from __future__ import annotations

from planner.core.texts import Language, month_words
from planner.result.dol_size_notes import dol_size_notes
from tests.arriving import CLOCKS, arriving, stream
from tests.rules.cases import case


def test_claims_times_stay_is_told_with_the_places_that_are_enough() -> None:
    of = arriving(
        stream(
            "come", "waiting", None, share_parameter="dublin_accepted_share", stay_family=CLOCKS
        ),
        stream("waiting", "dol"),
        people={"come": 1000.0},
        months=24,
    )
    hangs_on, enough = dol_size_notes(of)
    assumed, sizes = dict(hangs_on.fields), dict(enough.fields)
    accepted, stay, people = (assumed[each] for each in ("accepted", "stay", "people"))
    assert isinstance(accepted, float)
    assert isinstance(stay, float)
    assert isinstance(people, int)
    # The figures told are rounded: a whole person a month, a tenth of a month.
    assert abs(accepted * stay - people) <= 0.5 * stay + 0.05 * accepted + 0.5
    assert people > 0
    # As many come in every month, so the months planned grow from nobody to that of the long run.
    assert abs(int(str(assumed["peak"])) - people) <= 1
    assert assumed["month"] in [month_words(each) for each in of.months[1:]]
    places = [sizes[f"in_{part}"] for part in (50, 80, 90, 95)]
    assert places == sorted(places, key=lambda each: int(str(each)))
    assert "in 95 %" in enough.text(Language.NL)


def test_nothing_is_told_where_people_do_not_follow_from_arrivals() -> None:
    assert not list(dol_size_notes(case()))
