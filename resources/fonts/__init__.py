"""The font that pictures in names are drawn with, and how it was made."""
