"""An extensive form written from the exported models, solved by GLPK, gives the same values.

Each scenario keeps all of its columns; that a decision is common is a row that keeps two equal.
Nothing of how the program makes one model of several is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import block_diag, coo_matrix, csr_matrix, vstack

from planner.ensemble.prepared import Prepared
from planner.robust import WeightedScenario, robust
from planner.solver.lexicographic import solve_levels
from tests.planner.robust.two_futures import IN_PARTS, random_scenarios

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import swiglpk as glpk

FEW_CASES, MANY_CASES = range(200, 203), range(203, 230)


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    glpk.glp_term_out(glpk.GLP_OFF)
    yield
    glpk.glp_free_env()


class Written:
    """A model as a file says: rows, columns with bounds, and the costs of each level."""

    def __init__(self, folder: Path, levels: Sequence[str]) -> None:
        files = {file.stem.split("-", 1)[1]: file for file in folder.glob("*.mps")}
        self.costs: dict[str, np.ndarray] = {}
        for name in levels:
            if name not in files:
                continue
            problem = glpk.glp_create_prob()
            assert 0 == glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, str(files[name]))
            width = glpk.glp_get_num_cols(problem)
            costs = [glpk.glp_get_obj_coef(problem, n + 1) for n in range(width)]
            self.costs[name] = np.array(costs)
            if not hasattr(self, "matrix"):
                self._read(problem, width)
            glpk.glp_delete_prob(problem)

    def _read(self, problem: object, width: int) -> None:
        names = [
            glpk.glp_get_row_name(problem, n + 1) for n in range(glpk.glp_get_num_rows(problem))
        ]
        rows = [
            n + 1 for n, each in enumerate(names) if each.startswith("r") and each[1:].isdigit()
        ]
        entries = []
        for at, row in enumerate(rows):
            columns, values = glpk.intArray(width + 1), glpk.doubleArray(width + 1)
            count = glpk.glp_get_mat_row(problem, row, columns, values)
            entries += [(at, columns[n + 1] - 1, values[n + 1]) for n in range(count)]
        at_rows, at_columns, shares = zip(*entries, strict=True)
        self.matrix = csr_matrix((shares, (at_rows, at_columns)), (len(rows), width))
        self.row_lower = np.array([bound(glpk.glp_get_row_lb(problem, n)) for n in rows])
        self.row_upper = np.array([bound(glpk.glp_get_row_ub(problem, n)) for n in rows])
        self.lower = np.array([bound(glpk.glp_get_col_lb(problem, n + 1)) for n in range(width)])
        self.upper = np.array([bound(glpk.glp_get_col_ub(problem, n + 1)) for n in range(width)])


def bound(value: float) -> float:
    return float(np.sign(value) * np.inf) if abs(value) >= 1e300 else value


def kind(low: float, high: float) -> int:
    if low == high:
        return int(glpk.GLP_FX)
    if np.isfinite(low):
        return int(glpk.GLP_DB if np.isfinite(high) else glpk.GLP_LO)
    return int(glpk.GLP_UP if np.isfinite(high) else glpk.GLP_FR)


def least(
    matrix: csr_matrix,
    rows: tuple[np.ndarray, np.ndarray],
    columns: tuple[np.ndarray, np.ndarray],
    cost: np.ndarray,
) -> float:
    """Return what GLPK's simplex finds a cost comes to."""
    problem = glpk.glp_create_prob()
    glpk.glp_add_rows(problem, matrix.shape[0])
    glpk.glp_add_cols(problem, matrix.shape[1])
    for at, (low, high) in enumerate(zip(*rows, strict=True), start=1):
        glpk.glp_set_row_bnds(problem, at, kind(low, high), low, high)
    for at, (low, high) in enumerate(zip(*columns, strict=True), start=1):
        glpk.glp_set_col_bnds(problem, at, kind(low, high), low, high)
        glpk.glp_set_obj_coef(problem, at, cost[at - 1])
    entries = coo_matrix(matrix)
    size = len(entries.data)
    at_rows, at_columns, values = (
        glpk.intArray(size + 1),
        glpk.intArray(size + 1),
        glpk.doubleArray(size + 1),
    )
    for n in range(size):
        at_rows[n + 1], at_columns[n + 1] = int(entries.row[n]) + 1, int(entries.col[n]) + 1
        values[n + 1] = float(entries.data[n])
    glpk.glp_load_matrix(problem, size, at_rows, at_columns, values)
    glpk.glp_adv_basis(problem, 0)
    terms = glpk.glp_smcp()
    glpk.glp_init_smcp(terms)
    terms.tol_bnd = terms.tol_dj = 1e-8
    assert 0 == glpk.glp_simplex(problem, terms)
    assert glpk.GLP_OPT == glpk.glp_get_status(problem)
    value: float = glpk.glp_get_obj_val(problem)
    glpk.glp_delete_prob(problem)
    return value


def extensive(scenarios: Sequence[WeightedScenario], folder: Path) -> dict[str, float]:
    """Return what each level comes to over the scenarios, as GLPK finds it."""
    prepared = [Prepared.of(each.case, whole=False) for each in scenarios]
    names = [each.name for each in prepared[0].model.levels]
    written = []
    for number, each in enumerate(prepared):
        target = folder / str(number)
        solve_levels(each.model, model_dir=target)
        written.append(Written(target, names))
    widths = [len(each.lower) for each in written]
    begins = np.concatenate([[0], np.cumsum(widths)])
    same = []
    for number, each in enumerate(prepared[1:], start=1):
        first = prepared[0].decisions()
        for decision, at in each.decisions().items():
            if decision in first:
                same.append((first[decision], begins[number] + at))
    equal = np.zeros((len(same), begins[-1]))
    for row, (one, other) in enumerate(same):
        equal[row, one], equal[row, other] = 1.0, -1.0
    matrix = vstack([block_diag([each.matrix for each in written]), csr_matrix(equal)])
    none = np.zeros(len(same))
    low = np.concatenate([*(each.row_lower for each in written), none])
    high = np.concatenate([*(each.row_upper for each in written), none])
    columns = (
        np.concatenate([each.lower for each in written]),
        np.concatenate([each.upper for each in written]),
    )
    found = {}
    for at, name in enumerate(names):
        cost = np.concatenate(
            [
                scenario.weight * each.costs.get(name, np.zeros(width))
                for scenario, each, width in zip(scenarios, written, widths, strict=True)
            ]
        )
        constant = sum(
            scenario.weight * each.model.levels[at].constant
            for scenario, each in zip(scenarios, prepared, strict=True)
        )
        value = least(csr_matrix(matrix), (low, high), columns, cost) if cost.any() else 0.0
        found[name] = value + float(constant)
        if cost.any():
            matrix = vstack([matrix, csr_matrix(cost)])
            low = np.append(low, -np.inf)
            high = np.append(high, value + 1e-9 * max(1.0, abs(value)))
    return found


def agrees(seed: int, folder: Path) -> None:
    scenarios = random_scenarios(seed)
    found = robust(scenarios, scenarios[0].name, options=IN_PARTS)
    ours = found.expected(found.plans)
    assert ours is not None
    for name, value in extensive(scenarios, folder).items():
        assert abs(ours[name] - value) <= 1e-6 * max(1.0, abs(value)), (name, ours[name], value)


@pytest.mark.parametrize("seed", FEW_CASES)
def test_the_extensive_form_agrees(seed: int, tmp_path: Path) -> None:
    agrees(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY_CASES)
def test_the_extensive_form_agrees_in_many_cases(seed: int, tmp_path: Path) -> None:
    agrees(seed, tmp_path)
