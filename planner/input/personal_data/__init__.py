"""Signs that a sheet lists single persons, by its headings, its words and its numbers."""
