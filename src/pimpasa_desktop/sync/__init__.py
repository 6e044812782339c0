"""The exchange between a laptop and its office."""
