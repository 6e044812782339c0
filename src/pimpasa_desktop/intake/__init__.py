"""Hostile files in, proposals out. Nothing here writes."""
