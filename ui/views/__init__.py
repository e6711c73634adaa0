"""The working views; none knows another."""
