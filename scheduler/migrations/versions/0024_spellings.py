"""names are ordered and found by their pinyin."""

import sqlalchemy as sa
from alembic import op
from pypinyin import lazy_pinyin

revision = "0024"
down_revision = "0023"

NAMES = {
    "units": ("id", "name"), "communities": ("id", "name"), "venues": ("id", "name"), "rooms": ("id", "name"),
    "teachers": ("id", "name"), "courses": ("id", "title_zh"), "subjects": ("code", "name_zh"),
}
"""By table its key and the column that is spelled."""
SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "曾": "zeng",
    "朴": "piao", "盖": "ge", "华": "hua", "任": "ren", "乐": "yue", "缪": "miao", "纪": "ji", "折": "she", "黑": "he",
}
AT_ONCE = 500


def upgrade() -> None:
    """Spell every name that there is."""
    connection = op.get_bind()
    for table, (key, name) in NAMES.items():
        op.add_column(table, sa.Column("spelling", sa.Text(), server_default="", nullable=False))
        rows = sa.table(table, sa.column(key), sa.column(name), sa.column("spelling"))
        statement = rows.update().where(rows.c[key] == sa.bindparam("row")).values(spelling=sa.bindparam("spelled"))
        names = connection.execute(sa.select(rows.c[key], rows.c[name])).all()
        for start in range(0, len(names), AT_ONCE):
            spelled = [{"row": row, "spelled": _spelling(text, table == "teachers")} for row, text in names[start : start + AT_ONCE]]
            connection.execute(statement, spelled)


def downgrade() -> None:
    """Forget how names are spelled."""
    for table in NAMES:
        op.drop_column(table, "spelling")


def _spelling(text: str, of_person: bool) -> str:
    text = text[:200].lower().replace("|", " ")
    surname = next((name for name in SURNAMES if of_person and text.startswith(name)), "")
    parts = [SURNAMES.get(surname, ""), *lazy_pinyin(text.removeprefix(surname))]
    syllables = [syllable for part in parts for syllable in part.lower().split()]
    return "|".join((" ".join(syllables), "".join(syllables), "".join(syllable[0] for syllable in syllables)))
