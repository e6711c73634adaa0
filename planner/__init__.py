"""The planning engine: a workbook in, a verified plan with its reasons out; it knows no Qt."""

__version__ = "0.2.0"
