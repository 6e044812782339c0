"""The walk through the main job: the real window offscreen, driven by clicks and keys, told step by step.

It knows screens only as a person does: by the words on them and the names that a screen reader hears. Where a step does
not lead where it should, it says so and ends.
"""
