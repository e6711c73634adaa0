"""The printed report of a plan: A4 pages from the workbook alone."""
