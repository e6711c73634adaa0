"""The planning engine: a workbook in, a verified plan with its reasons out; it knows no Qt."""

import os

__version__ = "0.2.0"

# Slides are written by a library that brings lxml, with which openpyxl would read and write the
# XML of workbooks in another way, and only where lxml is; so it stays with the standard library.
os.environ.setdefault("OPENPYXL_LXML", "False")

# Sums of products are so short here that a second thread only waits for them, at full speed, and
# adds up in another order: what comes out would hang on how many processors there are.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
