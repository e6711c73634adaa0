"""Remedies of a shortfall: the smallest changes that end it, each tried by solving again."""
