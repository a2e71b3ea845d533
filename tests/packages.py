"""Frictionless, which checks data packages; it brings libraries that warn of their own future."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import frictionless

__all__ = ["frictionless"]
