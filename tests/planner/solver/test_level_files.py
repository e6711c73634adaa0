"""The files of `--model-dir`: complete in themselves, exact, and agreed on by another solver."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest

from planner.core.outcome import Ending
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LinearModel
from tests.staircases import INF, random_staircase, small_model

with warnings.catch_warnings():
    # The binding's own types lack a `__module__`, of which Python 3.12 and later warn.
    warnings.simplefilter("ignore", DeprecationWarning)
    import swiglpk as glpk

AGREES = 1e-6


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    glpk.glp_term_out(glpk.GLP_OFF)
    yield
    glpk.glp_free_env()


def glpk_optimum(file: Path, *, whole: bool = False) -> float:
    """Return what GLPK finds for a file's objective."""
    problem = glpk.glp_create_prob()
    assert 0 == glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, str(file))
    glpk.glp_adv_basis(problem, 0)
    terms = glpk.glp_smcp()
    glpk.glp_init_smcp(terms)
    terms.tol_bnd = terms.tol_dj = 1e-9
    assert 0 == glpk.glp_simplex(problem, terms)
    assert glpk.GLP_OPT == glpk.glp_get_status(problem)
    value: float = glpk.glp_get_obj_val(problem)
    if whole:
        branching = glpk.glp_iocp()
        glpk.glp_init_iocp(branching)
        branching.tol_int = 1e-7
        assert 0 == glpk.glp_intopt(problem, branching)
        assert glpk.GLP_OPT == glpk.glp_mip_status(problem)
        value = glpk.glp_mip_obj_val(problem)
    glpk.glp_delete_prob(problem)
    return value


def written(model: LinearModel, folder: Path) -> dict[Path, float]:
    """Solve and write a model; return each file with the level's value without its constant."""
    outcome = solve_levels(model, model_dir=folder)
    assert Ending.OPTIMAL is outcome.ending
    assert outcome.solution is not None
    constants = {level.name: level.constant for level in model.levels}
    found = {each.name: each.value - constants[each.name] for each in outcome.solution.levels}
    return {file: found[file.stem.split("-")[1]] for file in sorted(folder.iterdir())}


@pytest.mark.parametrize("seed", range(40))
def test_glpk_settles_every_level_at_the_same_value(seed: int, tmp_path: Path) -> None:
    for file, value in written(random_staircase(seed), tmp_path).items():
        assert value == pytest.approx(glpk_optimum(file), rel=AGREES, abs=AGREES)


@pytest.mark.parametrize("seed", range(40))
def test_glpk_chooses_whole_numbers_to_the_same_values(seed: int, tmp_path: Path) -> None:
    model = random_staircase(seed, months=2, whole_share=0.4)
    for file, value in written(model, tmp_path).items():
        assert value == pytest.approx(glpk_optimum(file, whole=True), rel=AGREES, abs=AGREES)


def test_the_files_stand_in_the_order_solved_and_leave_out_what_costs_nothing(
    tmp_path: Path,
) -> None:
    model = random_staircase(0)
    nothing = replace(model.levels[1], cost=np.zeros_like(model.levels[1].cost))
    model = replace(model, levels=(model.levels[2], nothing, model.levels[0]))
    names = [file.name for file in written(model, tmp_path)]
    assert ["01-level3.mps", "02-level1.mps"] == names


def test_a_file_carries_every_digit_and_kind_of_limit(tmp_path: Path) -> None:
    third = 1.0 / 3.0
    model = small_model(
        [(0.0, INF), (-INF, INF), (-INF, 2.5), (-1.5, third), (0.0, INF), (0.0, 7.0)],
        [
            (third, {0: 1e-3 * third, 1: 1.0}, third),
            (-2.0, {1: 1.0, 2: -third}, 4.0),
            (-INF, {2: 1.0}, 1e9 + third),
            (-9.0, {3: 1.0, 2: 1.0}, INF),
            (-INF, {0: 1.0}, INF),
        ],
        [{0: third, 5: 1.0}],
        whole=[4, 5],
        constants=[11.0],
    )
    (file,) = written(model, tmp_path)
    read = highspy.Highs()
    read.setOptionValue("output_flag", False)  # noqa: FBT003 - as HiGHS calls it
    assert highspy.HighsStatus.kOk == read.readModel(str(file))
    lp = read.getLp()
    assert model.lower.tolist() == list(lp.col_lower_)
    assert model.upper.tolist() == list(lp.col_upper_)
    assert model.levels[0].cost.tolist() == list(lp.col_cost_)
    # A row without limits is read as one more objective, and dropped.
    assert model.row_lower[:4].tolist() == list(lp.row_lower_)
    assert model.row_upper[:4].tolist() == list(lp.row_upper_)
    assert sorted(model.values[:-1].tolist()) == sorted(lp.a_matrix_.value_)
    whole = [each == highspy.HighsVarType.kInteger for each in lp.integrality_]
    assert model.whole.tolist() == whole


def test_earlier_levels_are_frozen_by_one_row_each_within_a_billionth(tmp_path: Path) -> None:
    model = random_staircase(2)
    files = written(model, tmp_path)
    for number, file in enumerate(files):
        read = highspy.Highs()
        read.setOptionValue("output_flag", False)  # noqa: FBT003 - as HiGHS calls it
        read.readModel(str(file))
        limits = list(read.getLp().row_upper_)[len(model.row_lower) :]
        assert list(files.values())[:number] == pytest.approx(limits, rel=0.0, abs=2e-9)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    written(random_staircase(0), tmp_path)
    assert {".mps"} == {file.suffix for file in tmp_path.iterdir()}


def test_nothing_is_written_without_a_plan(tmp_path: Path) -> None:
    model = small_model([(0.0, 4.0)], [(5.0, {0: 1.0}, INF)], [{0: 1.0}])
    solve_levels(model, model_dir=tmp_path)
    assert [] == list(tmp_path.iterdir())
