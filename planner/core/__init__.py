"""What everything else stands on: errors, texts, sources of law, progress and cancellation.

Knows no numpy and no pandas, so that the window can use it before the engine is loaded.
"""
