"""PIMPASA Desktop: the field book of a village immigration officer and the register of the office behind."""

__version__ = "0.1.0"
