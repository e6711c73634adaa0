"""Wishes: what the nearest plan that grants one loses, and what other priorities would bring."""
