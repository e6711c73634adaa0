"""Everything between a file and a book, and between a plan's tables and a file."""
