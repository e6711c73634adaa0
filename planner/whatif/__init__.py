"""What if: a solved plan kept alive, edits as values, and what each changes."""
