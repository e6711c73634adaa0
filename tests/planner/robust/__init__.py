"""Tests of planning for several scenarios at once."""
