"""The Chinese catalogue holds exactly today's texts, all translated, and none takes anybody for a man or a woman."""

import re

from tools.translations import faults, stored


def test_the_chinese_catalogue_is_complete_and_fresh() -> None:
    assert len(stored()) > 200
    assert not list(faults())


GENDERED = re.compile(r"\b(he|she|him|her|hers|his|himself|herself|mr|mrs|ms)\b|(?<!其)他|她|先生|女士", re.IGNORECASE)


def test_no_text_takes_anybody_for_a_man_or_a_woman() -> None:
    texts = [
        text
        for message in stored() if message.id
        for part in (message.id, message.string) for text in ([part] if isinstance(part, str) else part or ())
    ]
    assert len(texts) > 4000
    assert not [text for text in texts if GENDERED.search(text)]
