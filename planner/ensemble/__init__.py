"""Decisions kept in futures that were sampled: what each of them comes to.

Read `trial` for how one future is worked out, `prepared` for what is decided and when.
"""
