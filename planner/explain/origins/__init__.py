"""Where a figure comes from: its parts, its rules and rows, and the cells of the input.

A rule's own code is run again on a case that notes what is read of it (`recording_case`).
"""
