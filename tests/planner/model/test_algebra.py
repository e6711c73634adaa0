"""Columns, expressions and rows."""

import numpy as np
import pytest

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


def test_sums_products_and_differences_are_those_of_arithmetic() -> None:
    columns = Columns()
    first, second = columns.add(stage=0), columns.add(stage=0)
    at = np.array([4.0, 3.0])
    for expression, worth in (
        (first + second, 7),
        (5 + first, 9),
        (first + 5, 9),
        (first - second, 1),
        (10 - first, 6),
        (first - 1, 3),
        (-first, -4),
        (2 * (first + 1) - (second - 3), 10),
        (1 - (first + second), -6),
        (-(first - 6), 2),
        ((first + 2) * 3, 18),
        (sum([first, second, first]), 11),
        (total([first, 2 * second + 1, first - 4]), 11),
    ):
        assert isinstance(expression, Expression)
        assert worth == columns.value(expression, at)


def test_arithmetic_changes_no_part_of_a_sum() -> None:
    columns = Columns()
    first, second = columns.add(stage=0), columns.add(stage=0)
    part = first + 1
    more = part + second - part
    assert {first: 1.0} == dict(part.items())
    assert 1 == part.constant
    assert 3.0 == columns.value(more, np.array([4.0, 3.0]))


def test_what_counts_nought_times_takes_no_part() -> None:
    columns = Columns()
    first, second = columns.add(stage=0), columns.add(stage=0)
    assert [second] == list(total([0 * first, 0.0 * (first + 4), second]))


@pytest.mark.parametrize("factor", [np.nan, np.inf])
def test_a_factor_that_is_no_number_is_an_error(factor: float) -> None:
    column = Columns().add(stage=0)
    with pytest.raises(ValueError, match="cannot count"):
        factor * column
    with pytest.raises(ValueError, match="cannot count"):
        (column + 1) * factor
