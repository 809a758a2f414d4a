"""What can be wrong with a file other than its words, and what looks wrong and is not."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

from macros.program.loading import validate
from macros.program.problems import DataError, Problem
from macros.program.project import open_project
from macros.program.source import MAX_BYTES, read
from tests.conftest import ROOT, Run, Sample, contents, copy_sample

DOUGH = "sessions/first-dough.yml"
SAMPLE = ROOT / "tests" / "sample" / "data"
LINES = len((SAMPLE / DOUGH).read_text(encoding="utf-8").splitlines())
FIRST_POLISH = next(
    (number, len(line[: line.index(letter)]) + 1)
    for number, line in enumerate((SAMPLE / "pl" / DOUGH).read_text(encoding="utf-8").splitlines(), 1)
    for letter in line
    if not letter.isascii()
)
"""Line and column of the first letter that only Polish has."""

Spoil = Callable[[Path], object]
Place = tuple[str, int, int, str]


def _text(place: str, text: str) -> Spoil:
    return lambda data: (data / place).write_text(text, encoding="utf-8")


def _bytes(place: str, change: Callable[[bytes], bytes]) -> Spoil:
    return lambda data: (data / place).write_bytes(change((data / place).read_bytes()))


def _instead(place: str, make: Callable[[Path], object]) -> Spoil:
    """Take a file or folder away and make something else of its name."""

    def spoil(data: Path) -> None:
        path = data / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        make(path)

    return spoil


def _nothing(_path: Path) -> None:
    """Make nothing."""


BOMB = "a: &a [flour, flour]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

SPOILT: dict[str, tuple[Spoil, list[Place]]] = {
    "file missing": (_instead("ui.yml", _nothing), [("data/ui.yml", 1, 1, "F001")]),
    "folder missing": (_instead("roles", _nothing), [("data/roles", 1, 1, "F001")]),
    "folder empty": (_instead("roles", Path.mkdir), [("data/roles", 1, 1, "F001")]),
    "data missing": (lambda data: data.rename(data.with_name("flour")), [("data", 1, 1, "F001")]),
    "data is a file": (_instead("", Path.touch), [("data", 1, 1, "F001")]),
    "file empty": (_text(DOUGH, ""), [(f"data/{DOUGH}", 1, 1, "Y002")]),
    "file blank": (_text(DOUGH, " \n\n  \n"), [(f"data/{DOUGH}", 1, 1, "Y002")]),
    "folder in place of a file": (_instead(DOUGH, Path.mkdir), [(f"data/{DOUGH}", 1, 1, "Y001")]),
    "folder in place of the main file": (
        _instead("program.yml", Path.mkdir),
        [("data/program.yml", 1, 1, "Y001")],
    ),
    "folder in place of a translation": (
        _instead(f"pl/{DOUGH}", Path.mkdir),
        [(f"data/pl/{DOUGH}", 1, 1, "Y001")],
    ),
    "file in place of a folder": (
        _instead("roles", Path.touch),
        [("data/roles", 1, 1, "F001"), ("data/roles", 1, 1, "F002")],
    ),
    "file in place of a language": (_instead("pl", Path.touch), [("data/pl", 1, 1, "F002")]),
    "link to itself": (
        _instead(DOUGH, lambda path: path.symlink_to(path)),
        [(f"data/{DOUGH}", 1, 1, "Y001")],
    ),
    "link to nothing": (
        _instead(DOUGH, lambda path: path.symlink_to("nothing.yml")),
        [(f"data/{DOUGH}", 1, 1, "Y001")],
    ),
    "link to itself in place of a translation": (
        _instead(f"pl/{DOUGH}", lambda path: path.symlink_to(path)),
        [(f"data/pl/{DOUGH}", 1, 1, "Y001")],
    ),
    "pipe": (_instead(DOUGH, os.mkfifo), [(f"data/{DOUGH}", 1, 1, "Y001")]),
    "UTF-16": (_bytes(DOUGH, lambda b: b.decode().encode("utf-16")), [(f"data/{DOUGH}", 1, 1, "Y001")]),
    "UTF-16 without a mark": (
        _bytes(DOUGH, lambda b: b.decode().encode("utf-16-le")),
        [(f"data/{DOUGH}", 1, 2, "Y001")],
    ),
    "Windows-1250": (
        _bytes(f"pl/{DOUGH}", lambda b: b.decode().encode("cp1250")),
        [(f"data/pl/{DOUGH}", *FIRST_POLISH, "Y001")],
    ),
    "NUL": (_bytes(DOUGH, lambda b: b.replace(b"First", b"Fi\0rst")), [(f"data/{DOUGH}", 3, 10, "Y001")]),
    "half a letter": (_bytes(DOUGH, lambda b: b + b"\xc5"), [(f"data/{DOUGH}", LINES + 1, 1, "Y001")]),
    "twenty megabytes": (
        _bytes(DOUGH, lambda b: b + b"# flour\n" * (20 << 17)),
        [(f"data/{DOUGH}", 1, 1, "Y001")],
    ),
    "one byte too large": (
        _bytes(DOUGH, lambda b: b + b"#" * (MAX_BYTES + 1 - len(b))),
        [(f"data/{DOUGH}", 1, 1, "Y001")],
    ),
    "alias bomb": (_text(DOUGH, BOMB), [(f"data/{DOUGH}", 1, 4, "Y005")]),
    "lists nested thousands deep": (
        _text(DOUGH, "title: " + "[" * 9000 + "]" * 9000),
        [(f"data/{DOUGH}", 1, 7 + 16, "Y007")],
    ),
    "lists never closed": (_text(DOUGH, "title: " + "[" * 100_000), [(f"data/{DOUGH}", 1, 7 + 16, "Y007")]),
    "mappings nested thousands deep": (
        _text(DOUGH, "{a: " * 9000 + "1" + "}" * 9000),
        [(f"data/{DOUGH}", 1, 4 * 16 + 1, "Y007")],
    ),
    "dashes nested thousands deep": (
        _text(DOUGH, "- " * 9000 + "flour\n"),
        [(f"data/{DOUGH}", 1, 2 * 16 + 1, "Y007")],
    ),
    "keys nested five hundred deep": (
        _text(DOUGH, "".join(f"{' ' * depth}a:\n" for depth in range(500)) + " " * 500 + "a: 1\n"),
        [(f"data/{DOUGH}", 17, 17, "Y007")],
    ),
    "a hundred thousand letters": (
        _bytes(DOUGH, lambda b: b.replace(b"First dough", b"dough " * 16_667)),
        [(f"data/{DOUGH}", 3, 1, "D006")],
    ),
    "a thousand wrong keys": (
        _bytes(DOUGH, lambda b: b + b"".join(b"flour%d: 1\n" % number for number in range(1000))),
        [(f"data/{DOUGH}", LINES + 1 + number, 1, "D003") for number in range(1000)],
    ),
    "unknown file": (_text("notes.txt", "flour"), [("data/notes.txt", 1, 1, "F002")]),
    "unknown file beside the sessions": (
        _text("sessions/notes.txt", "flour"),
        [("data/sessions/notes.txt", 1, 1, "F002")],
    ),
    "unknown folder": (lambda data: (data / "recipes").mkdir(), [("data/recipes", 1, 1, "F002")]),
    "folder beside the sessions": (
        lambda data: (data / "sessions" / "old").mkdir(),
        [("data/sessions/old", 1, 1, "F002")],
    ),
    "folder of an unknown language": (lambda data: (data / "de").mkdir(), [("data/de", 1, 1, "F002")]),
    "folder of the language that all begins with": (
        lambda data: (data / "en").mkdir(),
        [("data/en", 1, 1, "F002")],
    ),
    "unknown file beside the translations": (
        _text("pl/sessions/notes.txt", "flour"),
        [("data/pl/sessions/notes.txt", 1, 1, "L701")],
    ),
    "the organisation in another language": (
        _text("pl/organisation.yml", "name:\n  en: Crumb\n  pl: Okruch\n"),
        [("data/pl/organisation.yml", 1, 1, "L701")],
    ),
    "wrong suffix": (
        lambda data: (data / DOUGH).rename(data / "sessions/first-dough.yaml"),
        [("data/sessions/first-dough.yaml", 1, 1, "F002")],
    ),
    "suffix in capitals": (
        lambda data: (data / DOUGH).rename(data / "sessions/first-dough.YML"),
        [("data/sessions/first-dough.YML", 1, 1, "F002")],
    ),
    "names that differ in case only": (
        lambda data: shutil.copyfile(data / DOUGH, data / "sessions/First-Dough.yml"),
        [("data/sessions/First-Dough.yml", 1, 1, "F002")],
    ),
    "name with a line break": (
        lambda data: shutil.copyfile(data / DOUGH, data / "sessions/first\ndough.yml"),
        [("data/sessions/first dough.yml", 1, 1, "F002")],
    ),
    "name of two hundred letters": (
        lambda data: shutil.copyfile(data / DOUGH, data / f"sessions/{'dough' * 40}.yml"),
        [(f"data/sessions/{'dough' * 40}.yml"[:117] + "...", 1, 1, "F002")],
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_bad_input_is_refused_as_one_problem(what: str, sample: Sample) -> None:
    """Whatever stands where a data file belongs is named, with a hint, and nothing else is said."""
    spoil, expected = SPOILT[what]
    spoil(sample.data)
    problems = _refused(sample)
    assert [(one.path, one.line, one.column, one.id) for one in problems] == sorted(expected)
    assert [one for one in problems if not one.hint] == []
    for one in problems:
        assert [len(line) < 300 and line.isprintable() for line in str(one).splitlines()] == [True, True]


def test_bad_input_that_may_not_be_read_is_refused(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system will not open is named. Root may open all, hence the stand-in."""
    locked, plain = sample.data / DOUGH, Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    message = "the file cannot be read (Permission denied)"
    hint = "check that it exists and may be read"
    assert _refused(sample) == (Problem(f"data/{DOUGH}", 1, 1, "Y001", "", message, hint),)


def test_bad_input_of_every_file_is_told_at_once(sample: Sample) -> None:
    """One run names every file that is wrong, not the first one only."""
    files = sorted(path for path in sample.data.rglob("*.yml") if "pl" not in path.parts)
    for path in files:
        path.write_text("title: 'flour\n", encoding="utf-8")
    shown = [f"data/{path.relative_to(sample.data).as_posix()}" for path in files]
    assert [(one.path, one.line, one.column, one.id) for one in _refused(sample)] == [
        (path, 1, 8, "Y001") for path in sorted(shown)
    ]


def test_bad_input_that_no_message_is_written_for_is_still_refused(tmp_path: Path) -> None:
    """A complaint of pydantic's that the kit has no words for becomes a problem in pydantic's words."""
    path = tmp_path / "oven.yml"
    path.write_text("loaves: 7\n", encoding="utf-8")
    problems: list[Problem] = []
    kind = dict[str, Annotated[int, Field(multiple_of=5)]]
    assert validate(kind, read(path, "data/oven.yml"), problems) is None
    message = '"7": input should be a multiple of 5'
    assert problems == [Problem("data/oven.yml", 1, 1, "D009", "loaves", message, "see the field's example")]


WORDS: dict[str, tuple[str, str, str, str]] = {
    "misspelt": ("ui.yml", "\nskip: ", "\nskipp: ", "skip"),
    "missing": ("ui.yml", "\nagenda: Agenda\n", "\n", "agenda"),
    "translated without what is filled in": ("pl/ui.yml", "'[pl] Checklist: {role}'", "Lista", "{role}"),
    "translated without its number": ("pl/ui.yml", "'few: {n} minutes'", "minuty", "{n}"),
}
"""A word of the interface that a page could not print: file, before, after, and what has to be named."""


@pytest.mark.parametrize("what", WORDS)
def test_bad_input_in_the_words_of_the_interface_is_refused(what: str, sample: Sample) -> None:
    """A word that pages need is there under its key, and its translation loses nothing that is filled in."""
    place, old, new, named = WORDS[what]
    if place == "ui.yml":
        shutil.rmtree(sample.data / "pl")
    sample.change(place, old, new)
    problems = _refused(sample)
    assert {one.path for one in problems} == {f"data/{place}"}
    assert [one for one in problems if named in f"{one.message} {one.hint}"] != []


HARMLESS: dict[str, Callable[[str], bytes]] = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "both, and accents in two parts": lambda text: (
        unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode("utf-8-sig")
    ),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_bad_input_is_told_from_harmless_ways_to_save(what: str, sample: Sample) -> None:
    """How an editor saves a file changes nothing in what it says."""
    plain = _heard(sample)
    for path in (*sample.data.rglob("*.yml"), *sample.docs.rglob("*.md")):
        path.write_bytes(HARMLESS[what](path.read_text(encoding="utf-8")))
    assert _heard(sample) == plain


def _heard(sample: Sample) -> dict[str, Any]:
    """All that a project says, in every language."""
    project = open_project(sample.data, sample.docs)
    return {name: (contents(one), project.gaps[name]) for name, one in project.languages.items()}


# --- through the command line -------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Sample:
    """The sample with a site that stands."""
    sample = copy_sample(tmp_path_factory.mktemp("built"))
    assert run(sample, "build", "--site", str(sample.site)).code == 0
    return sample


def test_bad_input_saved_on_windows_builds_the_same_site(sample: Sample, built: Sample, run: Run) -> None:
    """With byte order marks and line ends of Windows in every file, each byte of the site is the same."""
    for path in (*sample.data.rglob("*.yml"), *sample.docs.rglob("*.md")):
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert run(sample, "build", "--site", str(sample.site)).code == 0
    assert _every_byte(sample.site) == _every_byte(built.site)


BY_COMMAND = [
    "file missing",
    "link to itself",
    "pipe",
    "Windows-1250",
    "twenty megabytes",
    "alias bomb",
    "lists never closed",
    "a thousand wrong keys",
]


@pytest.mark.parametrize("what", BY_COMMAND)
def test_bad_input_ends_a_command_with_one_and_a_list(what: str, sample: Sample, run: Run) -> None:
    """The command prints the list of problems where errors go, nothing else, and exits with 1."""
    SPOILT[what][0](sample.data)
    with pytest.raises(DataError) as refused:
        open_project(sample.data, sample.docs)
    done = run(sample, "check")
    assert (done.code, done.out, done.err) == (1, "", f"{refused.value}\n")
    assert len(done.err.splitlines()) <= 2 * 40 + 2


def test_bad_input_leaves_the_standing_site_alone(built: Sample, run: Run) -> None:
    """A build that is refused changes no byte of the site, and leaves nothing beside it."""
    before, beside = _every_byte(built.site), sorted(built.site.parent.iterdir())
    path = built.data / DOUGH
    words = path.read_bytes()
    path.write_bytes(words.replace(b"minutes: 35", b"minutes: 36"))
    refused = _refused(built)
    done = run(built, "build", "--site", str(built.site))
    path.write_bytes(words)
    assert [one.id for one in refused] == ["S201"]
    assert (done.code, done.out, done.err) == (1, "", f"{DataError(refused)}\n")
    assert (_every_byte(built.site), sorted(built.site.parent.iterdir())) == (before, beside)


PAGE = "guide/printing.md"
BAD_PAGES: dict[str, tuple[bytes, str]] = {
    "Windows-1250": ("# Na papierze\n\nZażółć gęślą jaźń.\n".encode("cp1250"), PAGE),
    "macro misspelt": (b"# On paper\n\n{{ rolls() }}\n", "rolls"),
    "macro of an unknown entry": (b'# On paper\n\n{{ role("miller") }}\n', "miller"),
    "brackets left open": (b"# On paper\n\n{{ roles( }}\n", PAGE),
    "link to nowhere": (b"# On paper\n\n[The mill](mill.md)\n", "mill.md"),
}


@pytest.mark.parametrize("what", BAD_PAGES)
def test_bad_input_in_a_page_leaves_the_standing_site_alone(what: str, built: Sample, run: Run) -> None:
    """A page that cannot be shown stops the build, is named without a traceback, and changes no byte."""
    words, named = BAD_PAGES[what]
    before, beside = _every_byte(built.site), sorted(built.site.parent.iterdir())
    path = built.docs / PAGE
    good = path.read_bytes()
    path.write_bytes(words)
    done = run(built, "build", "--site", str(built.site))
    path.write_bytes(good)
    assert (done.code, named in done.err, "Traceback" in done.err) == (1, True, False), done.err
    assert (_every_byte(built.site), sorted(built.site.parent.iterdir())) == (before, beside)


def _refused(sample: Sample) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as refused:
        open_project(sample.data, sample.docs)
    return refused.value.problems


def _every_byte(folder: Path) -> dict[str, bytes]:
    """Each file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
