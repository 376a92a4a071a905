"""Date formats, in one module for each language: the only formats that screens use.

Django looks here first (FORMAT_MODULE_PATH). In a language without a module, the names of the two
formats that Django does not define would appear instead of dates.
"""
