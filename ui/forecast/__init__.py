"""The forecast on screen: its page, what its views share, what is kept up to date."""
