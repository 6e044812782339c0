"""Figures as ratios measured in one run: what the program takes beside the least that the job needs."""
