"""Scenarios: lists of changed cells on a base, the book as it is under one, and their edits."""
