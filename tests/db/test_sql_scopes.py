"""The lint itself finds what it must find."""

from __future__ import annotations

import pytest

from tests.db.sql_scopes import find_unpinned

TENANTS = {"person", "note"}


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "person"."id" FROM "person" WHERE "person"."practice_id" = %s',
        'SELECT 1 FROM "user" WHERE "user"."id" = %s',
        'UPDATE "person" SET "a" = %s WHERE ("person"."practice_id" = %s AND "person"."id" = %s)',
        (
            'SELECT 1 FROM "note" LEFT OUTER JOIN "person" ON ("note"."person_id" = "person"."id" '
            'AND "note"."practice_id" = ("person"."practice_id")) '
            'WHERE "note"."practice_id" = %s LIMIT 1'
        ),
        (
            'SELECT 1 FROM "note" WHERE ("note"."practice_id" = %s AND NOT ("note"."id" IN '
            '(SELECT U0."id" FROM "person" U0 WHERE U0."practice_id" = %s))) ORDER BY 1 FOR UPDATE'
        ),
        (
            'DELETE FROM "note" WHERE (("note"."practice_id" = %s AND "note"."id" = %s) OR '
            '("note"."practice_id" = %s AND "note"."id" = %s))'
        ),
        'INSERT INTO "note" ("id", "practice_id") VALUES (%s, %s)',
        (
            "SELECT CAST(strftime('%%s', at) AS INTEGER), COALESCE(a, -1) FROM note "
            "WHERE practice_id = %s AND (a IS NULL OR a > %s) "
            "UNION ALL SELECT at, 0 FROM person WHERE practice_id = %s AND at < %s"
        ),
    ],
)
def test_pinned_statement_passes(sql: str) -> None:
    assert find_unpinned(sql, TENANTS) == []


@pytest.mark.parametrize(
    ("sql", "unpinned"),
    [
        ('SELECT "person"."id" FROM "person"', ["person"]),
        ('SELECT "person"."id" FROM "person" WHERE "person"."id" = %s FOR UPDATE', ["person"]),
        ('DELETE FROM "note" WHERE "note"."id" IN (%s)', ["note"]),
        ('UPDATE "person" SET "practice_id" = %s WHERE "person"."id" = %s', ["person"]),
        (
            (
                'SELECT 1 FROM "note" WHERE ("note"."practice_id" = %s AND "note"."id" IN '
                '(SELECT U0."id" FROM "person" U0 WHERE U0."id" = %s))'
            ),
            ["U0"],
        ),
        (
            (
                'SELECT 1 FROM "note" INNER JOIN "person" ON ("note"."person_id" = "person"."id") '
                'WHERE "note"."practice_id" = %s'
            ),
            ["person"],
        ),
        ('SELECT 1 FROM "note" WHERE ("note"."practice_id" = %s OR "note"."id" = %s)', ["note"]),
        ('SELECT 1 FROM "note" WHERE NOT ("note"."practice_id" = %s)', ["note"]),
        ('SELECT 1 FROM "note" WHERE "note"."practice_id" = "note"."id"', ["note"]),
        ('SELECT COUNT(*) FROM (SELECT "note"."id" FROM "note") subquery', ["note"]),
        (
            (
                "SELECT at FROM note WHERE practice_id = %s "
                "UNION ALL SELECT at FROM person WHERE at < %s"
            ),
            ["person"],
        ),
        ("SELECT at FROM note UNION SELECT at FROM person WHERE practice_id = %s", ["note"]),
        ("SELECT 1 FROM note JOIN person ON (a = b) WHERE practice_id = %s", ["note", "person"]),
    ],
)
def test_unpinned_statement_is_found(sql: str, unpinned: list[str]) -> None:
    assert find_unpinned(sql, TENANTS) == unpinned
