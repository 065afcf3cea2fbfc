"""Requests that no browser of a well-meaning visitor makes, answered with a sentence."""

from flask_babel import LazyString
from werkzeug.exceptions import BadRequest


class RefusedRequest(BadRequest):
    """A request that is refused as it stands; ``sentence`` says why, on the page that is answered."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__()
        self.sentence = sentence
