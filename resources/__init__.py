"""Texts, icons and help that ship with the program."""
