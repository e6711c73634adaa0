"""The stand-alone bundle: one folder with all the program needs, made by `python -m bundle`."""
