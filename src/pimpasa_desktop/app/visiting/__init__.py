"""The parts of a visit's page, one file each; what they share is in part.py."""
