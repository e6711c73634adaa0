"""Plans side by side in the window: the work and the pages that the comparison is made of."""
