"""The values of the levels agree with GLPK, an independent solver, on the written models.

Each file of `--model-dir` is complete in itself, so GLPK needs nothing from us but the file.
"""

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from planner.api import PlanOptions, open_demo, plan, usable
from planner.input.case import Case
from planner.model.build import build
from tests.rules.hand_worked import HAND_WORKED
from tests.rules.planned import planned
from tests.rules.random_cases import random_case

with warnings.catch_warnings():
    # The binding's own types lack a `__module__`, of which Python 3.12 and later warn.
    warnings.simplefilter("ignore", DeprecationWarning)
    import swiglpk as glpk

# How far the two may differ, relative to the value; a level of nought within this by itself.
AGREES = 1e-6
GLPK_TOLERANCE = 1e-8
RANDOM_CASES = 200


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    glpk.glp_term_out(glpk.GLP_OFF)
    yield
    glpk.glp_free_env()


def optimum(file: Path) -> float:
    """Return what GLPK's simplex finds the file's objective comes to."""
    problem = glpk.glp_create_prob()
    assert 0 == glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, str(file))
    # Unscaled: the numbers are people and places, and scaled ones round by more than a frozen
    # level leaves room for.
    glpk.glp_adv_basis(problem, 0)
    terms = glpk.glp_smcp()
    glpk.glp_init_smcp(terms)
    terms.tol_bnd = terms.tol_dj = GLPK_TOLERANCE
    assert 0 == glpk.glp_simplex(problem, terms)
    assert glpk.GLP_OPT == glpk.glp_get_status(problem)
    value: float = glpk.glp_get_obj_val(problem)
    glpk.glp_delete_prob(problem)
    return value


def constants(case: Case) -> dict[str, float]:
    """Return what each level holds that no decision changes; the files leave it out."""
    return {each.content.level.value: each.constant for each in build(case).levels}


def assert_agreement(case: Case, folder: Path, levels: Mapping[str, float]) -> None:
    """Assert that GLPK finds the same value for every level in the order solved."""
    fixed = constants(case)
    files = {file.stem.split("-", 1)[1]: file for file in sorted(folder.glob("*.mps"))}
    in_order = [name for name in levels if name in files]
    assert in_order == list(files)
    for name, value in levels.items():
        found = fixed[name] + (optimum(files[name]) if name in files else 0.0)
        assert abs(found - value) <= AGREES * max(1.0, abs(value)), (name, found, value)


def levels_of(case: Case, folder: Path) -> dict[str, float]:
    solution = planned(case, model_dir=folder).solution
    return {each.name: each.value for each in solution.levels}


@pytest.mark.parametrize("name", HAND_WORKED)
def test_hand_worked_cases_agree(name: str, tmp_path: Path) -> None:
    case = HAND_WORKED[name]()
    assert_agreement(case, tmp_path, levels_of(case, tmp_path))


@pytest.mark.parametrize("seed", range(RANDOM_CASES))
def test_random_small_cases_agree(seed: int, tmp_path: Path) -> None:
    case = random_case(Random(seed))  # noqa: S311 - a test's cases, not a secret
    assert_agreement(case, tmp_path, levels_of(case, tmp_path))


def test_the_small_demo_agrees(tmp_path: Path) -> None:
    book = open_demo("small")
    made = plan(book, options=PlanOptions(model_dir=tmp_path, trials=0))
    levels = {each.name: each.value for each in made.levels}
    assert_agreement(usable(book), tmp_path, levels)
