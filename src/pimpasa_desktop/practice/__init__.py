"""The practice: an office on this machine with five events as the press told them, an officer and a clerk.

events    what happened, read from resources/practice
office    the office: its commands, and its server in a process of its own
server    that process; it ends with the one that started it
filling   every record of the events, written and exchanged as people do
ground    the data folder: made once, kept, made anew when data or program are others
__main__  `make run`: the window, or without a display the walk through the main job

Nothing of it is part of the laptop's program: it needs the office beside it.
"""
