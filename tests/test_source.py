"""What the strict reader makes of YAML: values, the places they stand at, and nothing guessed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from macros.program.problems import Problem
from macros.program.source import Source, Value, child, dotted, read
from macros.program.values import Ambiguous
from tests.conftest import Sample, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file to write YAML into."""
    return tmp_path / "oven.yml"


def _read(path: Path, text: str) -> Source:
    path.write_text(text, encoding="utf-8", newline="")
    return read(path, "data/oven.yml")


SCALARS: list[tuple[str, Value]] = [
    ("7", 7),
    ("-7", -7),
    ("+7", 7),
    ("0", 0),
    ("7.5", 7.5),
    ("7.", 7.0),
    (".5", 0.5),
    ("7e2", 700.0),
    ("true", True),
    ("False", False),
    ("010", "010"),
    ("00", "00"),
    ("1_000", "1_000"),
    ("0x10", "0x10"),
    ("0o10", "0o10"),
    ("16:00", "16:00"),
    ("9:30", "9:30"),
    ("1:30:00", "1:30:00"),
    (".inf", math.inf),
    ("-.inf", -math.inf),
    ("flour", "flour"),
    ("1 loaf", "1 loaf"),
    ("'7'", "7"),
    ('"7"', "7"),
    ('"no"', "no"),
    ('"2031-04-07"', "2031-04-07"),
    ('"true"', "true"),
    ('""', ""),
    ("''", ""),
    ('"null"', "null"),
    ('"\\u0142"', "ł"),
    ("'it''s'", "it's"),
    ("e\u0301clair", "éclair"),
    ("'e\u0301clair'", "éclair"),
    ("\U0001f950", "\U0001f950"),
    ("flour # from the mill", "flour"),
    ("flour#7", "flour#7"),
    ("[]", ()),
    ("{}", {}),
    ("[7, [rye, no]]", (7, ("rye", "no"))),
    ("{rye: 7}", {"rye": 7}),
    ("\n  >-\n  one\n  two\n\n  three", "one two\nthree"),
    ("|\n  one\n  two", "one\ntwo"),
]


@pytest.mark.parametrize(("written", "value"), SCALARS, ids=[written for written, _ in SCALARS])
def test_source_scalar_has_the_value_of_yaml_1_2(written: str, value: Value, path: Path) -> None:
    """A plain scalar follows the core schema, 010 and 16:00 stay text, quotes always make text."""
    source = _read(path, f"loaf: {written}")
    assert source.problems == []
    assert source.value == {"loaf": value}
    assert type(child(source.value, ("loaf",))) is type(value) or isinstance(value, tuple)


def test_source_scalar_that_is_not_a_number_is_one_that_no_field_takes(path: Path) -> None:
    """`.nan` is a fraction that equals nothing, so every field refuses it."""
    value = child(_read(path, "loaf: .nan").value, ("loaf",))
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "word", ["no", "No", "NO", "yes", "on", "Off", "y", "N", "2031-04-07", "2031-4-7", "2031-04-07T16:00"]
)
def test_source_scalar_that_other_readers_take_for_something_else_is_marked(word: str, path: Path) -> None:
    """Words that YAML 1.1 takes for a truth value or a date stay text, but text that is known to be risky."""
    value = child(_read(path, f"loaf: {word}").value, ("loaf",))
    assert (value, type(value)) == (word, Ambiguous)
    quoted = child(_read(path, f"loaf: '{word}'").value, ("loaf",))
    assert (quoted, type(quoted)) == (word, str)


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_source_scalar_that_is_nothing_is_refused(word: str, path: Path) -> None:
    """Nobody means nothing: a key without a value is a line that was forgotten."""
    source = _read(path, f"oven: 1\nloaf: {word}\nrye: 2")
    hint = 'write a value after "loaf:" or delete the line'
    assert [(one.line, one.id, one.field, one.message, one.hint) for one in source.problems] == [
        (2, "Y008", "loaf", "nothing stands here", hint)
    ]
    assert source.value is None


def test_source_knows_where_everything_stands(path: Path) -> None:
    """A whole source: its value, and line and column of each key, each list item and the top."""
    text = "# Bread\nloaf: rye\nsteps:\n  - id: knead\n    by: [mentor, mentee]\n  - id: bake\n"
    assert _read(path, text) == Source(
        "data/oven.yml",
        {"loaf": "rye", "steps": ({"id": "knead", "by": ("mentor", "mentee")}, {"id": "bake"})},
        {
            (): (2, 1),
            ("loaf",): (2, 1),
            ("steps",): (3, 1),
            ("steps", 0): (4, 5),
            ("steps", 0, "id"): (4, 5),
            ("steps", 0, "by"): (5, 5),
            ("steps", 0, "by", 0): (5, 10),
            ("steps", 0, "by", 1): (5, 18),
            ("steps", 1): (6, 5),
            ("steps", 1, "id"): (6, 5),
        },
        [],
    )


def test_source_of_a_missing_place_is_what_stands_around_it(path: Path) -> None:
    """A problem with something that is not there points at the nearest thing that is."""
    source = _read(path, "loaf: rye\nsteps:\n  - id: knead\n")
    assert [source.at(key) for key in [("steps", 0, "minutes"), ("steps", 4), ("oven",), ()]] == [
        (3, 5),
        (2, 1),
        (1, 1),
        (1, 1),
    ]
    assert source.problem(("steps", 0, "minutes"), "D002", "missing", "add it") == Problem(
        "data/oven.yml", 3, 5, "D002", "steps[1].minutes", "missing", "add it"
    )


def test_source_keeps_the_first_of_two_equal_keys_and_says_so(path: Path) -> None:
    """Two equal keys are one problem, which names the line of the first; what follows is read on."""
    source = _read(path, "loaf: rye\noven: hot\nloaf: {wheat: ~}\noven: cold\n")
    assert [(one.line, one.column, one.id, one.hint) for one in source.problems] == [
        (3, 1, "Y003", "it is first on line 1; keep one of them"),
        (3, 15, "Y008", 'write a value after "wheat:" or delete the line'),
        (4, 1, "Y003", "it is first on line 2; keep one of them"),
    ]


def test_source_names_places_as_people_count() -> None:
    """List items count from one, and a long key is cut short."""
    assert [dotted(key) for key in [(), ("agenda", 0, "lens", "mentor"), ("a" * 50,)]] == [
        "",
        "agenda[1].lens.mentor",
        "a" * 37 + "...",
    ]


def test_source_of_every_sample_file_says_what_another_reader_says(sample: Sample) -> None:
    """Keys, order and words are those that PyYAML's plainest loader finds."""
    for path in sorted(sample.data.rglob("*.yml")):
        source = read(path, path.name)
        assert (source.problems, _plain(source.value)) == ([], raw(path))


def _plain(value: object) -> object:
    """A value with lists for tuples and text for scalars."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
