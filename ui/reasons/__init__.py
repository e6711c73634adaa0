"""Why, and which cells: questions about a figure and their answers on screen."""
