"""The result sheets: how each is declared, and what its rows come to in words and numbers.

One declaration serves who writes a sheet and who reads it back. What is told here hangs on the
rows alone, so that a first sheet, a printed page and a window say the same of one plan. Nothing
here knows how a file is packed; that is `files`.
"""
