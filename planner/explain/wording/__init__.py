"""The explanation in sentences: causes, limits, choices, DOL parts, and answers to questions."""
