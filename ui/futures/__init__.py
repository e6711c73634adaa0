"""What the page about a wrong forecast is made of: the questions, and asking them."""
