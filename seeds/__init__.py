"""Starter data of the planner, and the generator of its two synthetic demo cases."""
