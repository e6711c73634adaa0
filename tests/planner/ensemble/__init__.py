"""Tests of decisions kept in sampled futures."""
