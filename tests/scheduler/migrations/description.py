"""What a database is made of, as lines that can be compared: columns, constraints, indexes, triggers, functions."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

GUARDS = re.compile(r"\w+: (?:trigger|function|EXCLUDE|CONSTRAINT \w+ EXCLUDE)")
"""Lines about what the models cannot state: rules that the migrations write in the database's own words."""
VERSION = "alembic_version"
POSTGRESQL_LINES = """
SELECT relname || ': column ' || attname || ' ' || format_type(atttypid, atttypmod)
    || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT relname || ': CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE relnamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT tablename || ': ' || indexdef FROM pg_indexes
  WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
UNION ALL
SELECT relname || ': trigger ' || pg_get_triggerdef(pg_trigger.oid)
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT proname || ': function ' || prosrc FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""


def describe(connection: Connection) -> set[str]:
    """All lines about a database; the order in which columns stand does not matter."""
    if connection.dialect.name == "postgresql":
        lines: Iterator[str] = (row[0] for row in connection.exec_driver_sql(POSTGRESQL_LINES))
    else:
        lines = _sqlite(connection)
    return {" ".join(line.split()) for line in lines if not line.startswith(f"{VERSION}:")}


def _sqlite(connection: Connection) -> Iterator[str]:
    """SQLite keeps the words with which a table was made; only these tell the names of its constraints."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    for kind, name, table, statement in connection.exec_driver_sql(query).all():
        if kind != "table":
            yield f"{table}: {kind} {statement}"
            continue
        for column in connection.exec_driver_sql(f"PRAGMA table_info({name})").mappings():
            required, default = " NOT NULL" * column["notnull"], column["dflt_value"]
            yield f"{name}: column {column['name']} {column['type']}{required}" + (
                "" if default is None else f" DEFAULT {default}"
            )
        for clause in _clauses(statement):
            for constraint in _constraints(clause):
                yield f"{name}: {constraint}"


def _clauses(statement: str) -> Iterator[str]:
    """What stands between the commas of the outermost parentheses."""
    inside = statement[statement.index("(") + 1 : statement.rindex(")")]
    depth, quoted, start = 0, False, 0
    for position, letter in enumerate(inside):
        quoted ^= letter == "'"
        if not quoted:
            depth += (letter == "(") - (letter == ")")
            if letter == "," and depth == 0:
                yield inside[start:position].strip()
                start = position + 1
    yield inside[start:].strip()


def _constraints(clause: str) -> Iterator[str]:
    """The constraints of a clause, written as those of the table also where they stand with a column."""
    first, *named = re.split(r"(?=\bCONSTRAINT \w+ )", clause)
    if re.search(r"\b(?:CHECK|REFERENCES|UNIQUE|KEY)\b", first):
        yield first
    for constraint in named:
        column = first.split()[0] if first else ""
        yield re.sub(r"^(CONSTRAINT \w+) REFERENCES", rf"\1 FOREIGN KEY({column}) REFERENCES", constraint).strip()
