"""The help window: its pages, their index, how they are found."""
