"""Qt for Python as this program uses it: with one spelling of names.

When it is loaded it puts its own function in the place of Python's import. That reads the source of each module that is
imported later, line by line, to learn whether Qt's names may be spelled another way in there (`__feature__`). Here they
never are, and the first screen would wait for all that reading.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - it keeps Python's own function, and is loaded so that it does so once

vars(builtins)["__import__"] = vars(builtins).get("__orig_import__", builtins.__import__)
