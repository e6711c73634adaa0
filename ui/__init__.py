"""The window: everything a user sees and does; it asks the engine through a second process."""
