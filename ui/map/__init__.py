"""The map: outlines, dots, the figures behind them, pictures of it."""
