"""Causes of a shortfall: figures of the input without which it would not be there.

One module a family of figures; `likeliest` puts them in order and solves without them.
"""
