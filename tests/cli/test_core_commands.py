"""`miedza slots`, `judge` and `preview` as they are run: exit codes, answers, faults."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from miedza.cli.core import answer_line, parse_json
from miedza.core.documents import judge_document, preview_document, slots_document
from tests.core.samples import AVAILABILITY, HISTORY, TERMS

COMMAND = Path(sys.executable).with_name("miedza")
WHAT_IF = {"book": {"person": "p1", "start": "2026-03-20T09:00:00Z", "kind": "free"}}
CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("slots", {"availability": AVAILABILITY}, slots_document(AVAILABILITY)),
    ("judge", {"terms": TERMS, "history": HISTORY}, judge_document(TERMS, HISTORY)),
    (
        "preview",
        {"terms": TERMS, "history": HISTORY, "what_if": WHAT_IF},
        preview_document(TERMS, HISTORY, WHAT_IF),
    ),
]
USAGE = {
    "slots": "usage: miedza slots availability.json\n       miedza slots --lines\n",
    "judge": "usage: miedza judge terms.json history.json\n       miedza judge --lines\n",
    "preview": "usage: miedza preview terms.json history.json what-if.json\n"
    "       miedza preview --lines\n",
}


def run(*arguments: object, given: bytes = b"") -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    ran = subprocess.run(
        [COMMAND, *map(str, arguments)], input=given, capture_output=True, timeout=60, check=False
    )
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def write(folder: Path, **documents: Any) -> list[Path]:
    """A file for each document; bytes as they are."""
    paths = []
    for name, document in documents.items():
        paths.append(folder / f"{name}.json")
        raw = document if isinstance(document, bytes) else json.dumps(document).encode()
        paths[-1].write_bytes(raw)
    return paths


@pytest.mark.parametrize(("command", "documents", "answer"), CASES)
def test_command_answers_on_one_line(
    tmp_path: Path, command: str, documents: Any, answer: Any
) -> None:
    code, out, err = run(command, *write(tmp_path, **documents))

    assert (code, json.loads(out), out.count("\n"), err) == (0, answer, 1, "")


@pytest.mark.parametrize(("command", "documents", "answer"), CASES)
def test_command_answers_line_by_line(command: str, documents: Any, answer: Any) -> None:
    case = AVAILABILITY if command == "slots" else documents
    good = json.dumps(case).encode()

    code, out, err = run(command, "--lines", given=b"\n".join([good, b"", b"{", b" \t\r", good]))

    bad = "document: must be JSON; line 1, column 2: "
    bad += "Expecting property name enclosed in double quotes"
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err, lines) == (0, "", [answer, {"faults": [bad]}, answer])


def test_no_line_has_no_answer() -> None:
    assert run("judge", "--lines", given=b"\n\n") == (0, "", "")


@pytest.mark.parametrize("command", ["slots", "judge", "preview"])
@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["--lines", "x.json"], list("abcd")], ids=str
)
def test_other_arguments_are_told_the_usage(command: str, arguments: list[str]) -> None:
    assert run(command, *arguments) == (2, "", USAGE[command])


def test_faults_of_every_file_are_told_on_standard_error(tmp_path: Path) -> None:
    paths = write(tmp_path, terms={**TERMS, "terms": 2}, history={**HISTORY, "colour": 1})

    code, out, err = run("judge", *paths)

    assert (code, out, err.splitlines()) == (
        2,
        "",
        ["terms: must be 1, the version of this format", "colour: unknown key"],
    )


def test_files_that_cannot_be_read_are_all_told(tmp_path: Path) -> None:
    missing = tmp_path / "missing.json"

    code, out, err = run("preview", missing, tmp_path, *write(tmp_path, what_if=b"[1,]"))

    assert (code, out, err.splitlines()) == (
        2,
        "",
        [
            f"terms: cannot read {missing}: No such file or directory",
            f"history: cannot read {tmp_path}: Is a directory",
            "what_if: must be JSON; line 1, column 4: Expecting value",
        ],
    )


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "must be JSON; line 1, column 1: Expecting value"),
        (b"{}x", "must be JSON; line 1, column 3: Extra data"),
        (b'{"a": 1,\n]', "must be JSON; line 2, column 1: "),
        (b'{"a": NaN}', "must be JSON; NaN is no number"),
        (b'{"a": -Infinity}', "must be JSON; -Infinity is no number"),
        (b'{"a": "\xff"}', "must be UTF-8; byte 7 is not"),
        ('{"a": 1}'.encode("utf-16"), "must be UTF-8; byte 0 is not"),
        (b'{"a": "\xed\xa0\x80"}', "must be UTF-8; byte 7 is not"),
        (b"[" * 100_000, "must not be nested this deeply"),
        (b'{"a":' * 100_000, "must not be nested this deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "must not hold a number of thousands of digits"),
        (b"null", "must be an object"),
        (b'"x"', "must be an object"),
    ],
    ids=lambda part: ascii(part)[:20],
)
def test_file_that_is_no_document_is_refused(tmp_path: Path, raw: bytes, fault: str) -> None:
    code, out, err = run("slots", *write(tmp_path, availability=raw))

    # What JSON parses is refused as a document; what it does not, by the file's name.
    name = "document" if raw in (b"null", b'"x"') else "availability"
    assert (code, out) == (2, "")
    assert err.startswith(f"{name}: {fault}")
    assert err.count("\n") == 1


def test_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(AVAILABILITY).encode()

    code, out, err = run("slots", *write(tmp_path, availability=raw))

    assert (code, json.loads(out), err) == (0, slots_document(AVAILABILITY), "")


def test_fault_with_a_lone_surrogate_is_told(tmp_path: Path) -> None:
    code, out, err = run("slots", *write(tmp_path, availability={**AVAILABILITY, "\ud800": 1}))

    assert (code, out, err) == (2, "", "'\\ud800': unknown key\n")


def test_names_that_are_not_ascii_come_through(tmp_path: Path) -> None:
    history = {**HISTORY, "bookings": [{**HISTORY["bookings"][0], "id": "ż\ud800"}]}

    code, out, err = run("judge", *write(tmp_path, terms=TERMS, history=history))

    assert (code, err) == (0, "")
    assert json.loads(out)["settlements"][0]["booking"] == "ż\ud800"


def test_closed_pipe_leaves_no_traceback() -> None:
    """As in `miedza judge --lines | head -1`."""
    line = json.dumps({"terms": TERMS, "history": HISTORY}).encode() + b"\n"
    with subprocess.Popen(
        [COMMAND, "judge", "--lines"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line)
        process.stdin.flush()
        first = json.loads(process.stdout.readline())
        process.stdout.close()
        process.stdin.write(line * 3)
        process.stdin.close()
        err = process.stderr.read()
        code = process.wait(timeout=60)

    assert (first, code, err) == (judge_document(TERMS, HISTORY), 1, b"")


def test_answers_come_as_soon_as_their_lines() -> None:
    line = json.dumps(AVAILABILITY).encode() + b"\n"
    with subprocess.Popen(
        [COMMAND, "slots", "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        answers = []
        for _ in range(2):
            process.stdin.write(line)
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()

    assert answers == [slots_document(AVAILABILITY)] * 2


@pytest.mark.parametrize(
    ("command", "case", "faults"),
    [
        ("judge", [], ["document: must be an object"]),
        ("judge", {}, ["terms: missing", "history: missing"]),
        ("judge", {"terms": TERMS, "what_if": {}}, ["history: missing", "what_if: unknown key"]),
        ("preview", {"terms": TERMS, "history": HISTORY}, ["what_if: missing"]),
        (
            "judge",
            {"terms": TERMS, "history": HISTORY, "a\nb": 1, "": 1},
            ["'a\\nb': unknown key", "'': unknown key"],
        ),
        ("slots", None, ["document: must be an object"]),
    ],
)
def test_line_that_is_no_case_is_answered_with_its_faults(
    command: str, case: Any, faults: list[str]
) -> None:
    assert answer_line(command, json.dumps(case).encode()) == {"faults": faults}


@pytest.mark.parametrize("text", [b'{"a": [1, "\\u00f3", null]}', b"\xef\xbb\xbf{}", b" 5 "])
def test_json_is_parsed(text: bytes) -> None:
    assert parse_json(text) == json.loads(text.decode("utf-8-sig"))
