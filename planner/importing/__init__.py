"""Other people's files into a workbook: what stands in them, by a mapping; door: `verbs`."""
