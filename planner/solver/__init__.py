"""Solving: one problem and its levels to one outcome, told truthfully."""
