"""SciPy's sparse matrices, or what stands in for them where a plan is verified without SciPy."""

from __future__ import annotations

try:
    from scipy import sparse as matrices
except ImportError:
    from planner.solver import absent as matrices

__all__ = ["matrices"]
