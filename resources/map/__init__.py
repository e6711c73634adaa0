"""The outlines of the provinces, and how they were made."""
