"""Taking over tables from a file: what is in it, what would change, and only then doing it."""
