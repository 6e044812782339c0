"""A request that the office does not answer: a status of HTTP and a sentence for the person at the laptop."""


class Refused(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
