"""Rules and scenarios on screen: panels, forms, and what changes in words."""
