"""The tables of the workbook: how each is declared, what stands in it, and what may be solved."""
