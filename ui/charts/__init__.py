"""Charts, drawn with matplotlib, each with the table that says the same."""
