"""Decisions kept in futures that were sampled: what each of them comes to.

Read `ensemble` first; `trial` works one future out, `prepared` says what is decided and when,
`executors` and `cluster` who does it.
"""
