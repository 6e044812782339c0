"""The window: the only part of the program that knows of Qt."""
