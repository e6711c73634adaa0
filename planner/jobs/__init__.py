"""The engine in processes of its own: requests, their handlers, transport, and a pool of engines.

Start with `engine_process`: a window or a comparison gives it requests and hears of the results.
"""
