"""Columns, expressions and rows: the seam to PuLP."""

import numpy as np

from planner.model.algebra import Columns, Expression, Key, Sense, at_least, at_most, exactly, total

KEY = Key(location="azc")


def test_columns_are_numbered_in_the_order_they_are_made() -> None:
    columns = Columns()
    made = [columns.add(stage=0), columns.add(stage=-1, upper=1, whole=True)]
    assert [0, 1] == [columns.index(column) for column in made]
    assert [np.inf, 1] == columns.upper_bounds().tolist()
    assert [False, True] == columns.wholes().tolist()
    assert [0, -1] == columns.stages().tolist()


def test_an_upper_bound_of_nought_is_a_bound() -> None:
    columns = Columns()
    columns.add(stage=0, upper=0)
    assert [0] == columns.upper_bounds().tolist()


def test_a_constant_on_the_left_goes_to_the_limit() -> None:
    columns = Columns()
    people = columns.add(stage=0)
    row = at_least(total([30.0 - people, 2 * people]), 12, KEY)
    assert {people: 1} == dict(row.left.items())
    assert -18 == row.limit
    assert 0 == row.left.constant


def test_a_single_column_can_be_a_left_side() -> None:
    columns = Columns()
    people, missing = columns.add(stage=0), columns.add(stage=0)
    row = exactly(people, 5, KEY, shortfall=missing)
    assert {people: 1} == dict(row.left.items())
    assert Sense.EXACTLY is row.sense
    assert missing is row.shortfall


def test_an_expression_is_worth_its_columns_and_its_constant() -> None:
    columns = Columns()
    first, second = columns.add(stage=0), columns.add(stage=0)
    assert 2 * 4 - 3 + 10 == columns.value(2 * first - second + 10, np.array([4.0, 3.0]))


def test_rows_become_compressed_rows_with_the_column_that_joins() -> None:
    columns = Columns()
    first, second, short = (columns.add(stage=0) for _ in range(3))
    row = at_most(2 * first - second, 7, KEY)
    starts, numbers, coefficients = columns.sparse(
        [(row.left, short, -1.0), (Expression(), None, 0.0), (Expression([(second, 4.0)]), None, 0)]
    )
    assert [0, 3, 3, 4] == starts.tolist()
    assert [0, 1, 2, 1] == numbers.tolist()
    assert [2, -1, -1, 4] == coefficients.tolist()
