"""How dates are written, a module for each language: the only formats that a screen uses.

Django looks here first (FORMAT_MODULE_PATH). A language without its module would show the two
names that Django does not know as they stand.
"""
