"""Letters as Chinese keyboards give them."""

FULL_WIDTH_OFFSET = 0xFEE0


def wide(text: str) -> str:
    """The same digits, letters and signs in full width."""
    return "".join(chr(ord(letter) + FULL_WIDTH_OFFSET) if "!" <= letter <= "~" else letter for letter in text)
