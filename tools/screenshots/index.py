"""The index of the pictures, feature by feature: ``README.md`` beside them, in a folder that is not committed."""

from collections.abc import Iterable
from itertools import groupby

from tools.screenshots.camera import LOOKS
from tools.screenshots.pictures import Picture

HEAD = """# Every page

Made by `make screenshots` from the demonstration, planned and published; do not edit. All persons are invented. Each
page at 1440 and at 390 px, in Chinese and in English; long lists are cut off.
"""


def index(pictures: Iterable[Picture]) -> str:
    """The text of the index."""
    parts = [HEAD]
    for feature, members in groupby(sorted(pictures, key=lambda one: one.name), key=_feature):
        parts.append(f"\n## {feature}\n")
        parts.extend(_entry(picture) for picture in members)
    return "".join(parts)


def _feature(picture: Picture) -> str:
    return picture.endpoint.partition(".")[0]


def _entry(picture: Picture) -> str:
    wide, narrow = (f"{picture.name}-{look.suffix}.webp" for look in LOOKS if look.language == "zh-CN")
    links = " · ".join(f"[{look.language} {look.width}]({picture.name}-{look.suffix}.webp)" for look in LOOKS)
    return (
        f"\n### {picture.name}\n\n{links}\n\n"
        f'<img src="{wide}" width="560" loading="lazy" alt=""> <img src="{narrow}" width="150" loading="lazy" alt="">\n'
    )
