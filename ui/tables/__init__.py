"""The input tables on screen: grid, cells, editors, filter, find, findings."""
