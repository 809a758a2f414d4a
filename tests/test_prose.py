"""How long and how hard a page is to read: what is counted of it, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.program import prose
from macros.program.prose import Measure


def _read(markdown: str) -> list[str]:
    """The words of a page, as they are counted."""
    return prose.words(prose.plain(markdown))


# --- what is read of a page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("---\ndescription: Not read.\n---\n\nA warm oven.\n", "A warm oven"),
        ("A warm oven.\n\n---\n\nA cold one.\n", "A warm oven A cold one"),
        ("Open [the *oven* door](../guide/index.md#door) now.", "Open the oven door now"),
        ("Smoke rises {{ cite('a/b') }}.\n\n{{ picture(\"smoke\") }}\n", "Smoke rises"),
        ('The {{ term("crumb", "crumbs of rye") }} are grey.', "The crumbs of rye are grey"),
        ('The {{ term( "sour-dough" ) }} is alive.', "The sour dough is alive"),
        ("- Light it\n* Feed it\n+ Watch it\n1. Wait\n> Smell", "Light it Feed it Watch it Wait Smell"),
        ("It is **very** _warm_ `here`.", "It is very warm here"),
        ("| Oven | Heat |\n|:-----|-----:|\n| Left | high |\n", "Oven Heat Left high"),
        ("# Ovens\n\n### Left and right ###\n", "Ovens Left and right"),
        ("## The door {: #door .wide }\n", "The door"),
        ("## The door {#door}\n", "The door"),
    ],
    ids=[
        "front-matter",
        "ruler",
        "link",
        "macros",
        "term-with-own-words",
        "term",
        "lists",
        "emphasis",
        "table",
        "headings",
        "attributes",
        "attributes-tight",
    ],
)
def test_prose_keeps_the_words_that_are_read(markdown: str, read: str) -> None:
    """What a reader sees is kept, in order; markup, addresses and macros are not."""
    assert _read(markdown) == read.split()


def test_prose_does_not_read_the_id_of_a_heading() -> None:
    """The id behind a heading, as modules write it, is no word that anybody reads."""
    assert _read("## A flat loaf { #opening }\n\nAda sighs.\n") == ["A", "flat", "loaf", "Ada", "sighs"]


def test_prose_keeps_headings_and_cells_apart() -> None:
    """A heading and a list item end where their line ends, and each cell of a table is read by itself."""
    lines = ["# Ovens", "", "Light it.", "", "- Wait a while", "- Look inside", ""]
    page = "\n".join([*lines, "| Left | high |", "|---|---|", "| Right | low |", ""])
    assert [prose.words(one) for one in prose.sentences(prose.plain(page))] == [
        ["Ovens"],
        ["Light", "it"],
        ["Wait", "a", "while"],
        ["Look", "inside"],
        ["Left"],
        ["high"],
        ["Right"],
        ["low"],
    ]


# --- words and sentences ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bread, salt; and (some) butter!", ["Bread", "salt", "and", "some", "butter"]),
        (
            "It doesn't rise, and it doesn’t brown.",
            ["It", "doesn't", "rise", "and", "it", "doesn’t", "brown"],
        ),
        ("A well-known loaf of 3.5 kg.", ["A", "well-known", "loaf", "of", "3.5", "kg"]),
        ("Żur i chleb – źle?", ["Żur", "i", "chleb", "źle"]),
        ("„Dość”, mówi piekarz.", ["Dość", "mówi", "piekarz"]),
        ("... – ! 🥐", []),
        ("", []),
    ],
    ids=["marks", "apostrophes", "hyphens", "polish", "polish-quotes", "no-words", "empty"],
)
def test_prose_counts_words_as_people_do(text: str, words: list[str]) -> None:
    """Letters and digits make words, joined by an apostrophe, a hyphen or a point inside; marks do not."""
    assert prose.words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wait. Look! Is it done? Eat.", [1, 1, 3, 1]),
        ("Wait a while\nLook inside\n\n\nEat.", [3, 2, 1]),
        ("Two things matter: time and warmth.", [3, 3]),
        ("Come at 14:30 with 3.5 kg.", [7]),  # a time of day counts as two words
        ('She says "Wait." Then she goes. “Look.” He does.', [3, 3, 1, 2]),
        ("(It was late.) They ate. 'Fine.' All slept.", [3, 2, 1, 2]),
        ("Mówi „Czekaj.” Potem idzie.", [2, 2]),
        ("Wait... and look.", [1, 2]),
        ("No end", [2]),
        ("... ! ?\n\n–\n", []),
        ("", []),
    ],
    ids=[
        "marks",
        "line-ends",
        "colon",
        "inside-numbers",
        "quotes",
        "brackets",
        "polish-quotes",
        "dots",
        "open-end",
        "no-words",
        "empty",
    ],
)
def test_prose_ends_a_sentence_where_a_reader_stops(text: str, words: list[int]) -> None:
    """A full stop, a question, an exclamation, a colon or the end of a line, with quotes behind it."""
    assert [len(prose.words(one)) for one in prose.sentences(text)] == words


# --- the numbers --------------------------------------------------------------------------------


def test_prose_measures_a_text_as_one_does_by_hand() -> None:
    """LIX: words a sentence, and of a hundred words how many are longer than six letters."""
    text = "The oven is warm. Bakers remember everything about crusts. Enough."
    measured = prose.measure(text)
    # 10 words in 3 sentences; long ones: remember, everything (Bakers, crusts and Enough have six letters)
    assert measured == Measure(10, 3, "Bakers remember everything about crusts.", 10 / 3 + 100 * 2 / 10)
    assert measured.longest_words == 5
    assert round(measured.lix, 1) == 23.3


def test_prose_takes_words_of_six_letters_for_short_and_of_seven_for_long() -> None:
    """Letters are counted, not bytes: a Polish word of six letters is as short as an English one."""
    assert prose.measure("Crusts.").lix == 1.0
    assert prose.measure("Żółcią.").lix == 1.0
    assert prose.measure("Kitchen.").lix == 101.0


def test_prose_measures_nothing_of_an_empty_text() -> None:
    """A page without words has no sentences, and no number is divided by nothing."""
    nothing = Measure(0, 0, "", 0.0)
    assert [prose.measure(text) for text in ("", "\n\n", "– ... !", prose.plain("{{ review() }}\n"))] == [
        nothing
    ] * 4
    assert nothing.longest_words == 0


def test_prose_reports_pages_with_words_the_hardest_first(tmp_path: Path) -> None:
    """Pages of every language are measured, those that are only a macro are not."""
    (tmp_path / "pl").mkdir()
    pages = {
        "easy.md": "# An oven\n\nIt is hot.\n",
        "hard.md": "Extraordinarily complicated constructions necessitate perseverance.\n",
        "macro.md": '{{ role("mentor") }}\n',
        "pl/piec.md": "Piec jest bardzo gorący.\n",
    }
    for place, text in pages.items():
        (tmp_path / place).write_text(text, encoding="utf-8", newline="\n")
    report = prose.report(tmp_path)
    assert report == [
        ("hard.md", Measure(5, 1, pages["hard.md"].strip(), 105.0)),
        ("pl/piec.md", Measure(4, 1, "Piec jest bardzo gorący.", 4.0)),
        ("easy.md", Measure(5, 2, "It is hot.", 2.5)),
    ]
    assert [line.split() for line in prose.table(report).splitlines()[1:]] == [
        ["5", "5.0", "5", "105", "hard.md"],
        ["4", "4.0", "4", "4", "pl/piec.md"],
        ["5", "2.5", "3", "2", "easy.md"],
    ]
