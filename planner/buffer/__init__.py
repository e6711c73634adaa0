"""A buffer or emergency reception: what places kept in reserve cost against places when needed.

Read `reserve`, the arithmetic for one course of the need; `buffer` puts it on plans of a workbook.
"""

from planner.buffer.buffer import Buffer, buffer, need_of
from planner.buffer.reserve import Need, Reserve

__all__ = ["Buffer", "Need", "Reserve", "buffer", "need_of"]
