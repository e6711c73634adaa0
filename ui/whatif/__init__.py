"""Asking what if: the levers and contracts that may be moved, and what they make of the plan."""
