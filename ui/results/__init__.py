"""A plan's tables as views show them: models, figures, the figures by location."""
