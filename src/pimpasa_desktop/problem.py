"""Expected trouble, apart from bugs.

A Problem is one sentence (or two short ones) for a person: what happened, that the work is safe where that is
in doubt, and what to do next. Anything else that is raised is a bug and may end in a traceback.
"""


class Problem(Exception):
    """Trouble that a person can act on. `sentence` is already in the person's language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
