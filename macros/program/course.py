"""What the course consists of: modules, the questions of their quizzes, practice scenarios, terms.

A module's prose stands in `docs/modules/`; here is what can be counted, ordered and checked of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.program.values import (
    FROZEN,
    Day,
    Entry,
    Id,
    Labels,
    Language,
    Line,
    Minutes,
    Name,
    OneOrMore,
    Text,
    problem,
)

MINUTES_A_QUESTION = 1
"""What a question of a quiz takes, answer and explanation: our own judgement."""


class Module(Entry):
    """One lesson. It stands on the path of the roles in `needed_by`; to others it may be useful."""

    order: Annotated[int, Field(ge=1, le=99)] = Field(description="place in the course")
    title: Line
    question: Line = Field(description="the reason to read it, as a reader would put it")
    summary: Text
    objectives: Annotated[Labels, Field(max_length=6)] = Field(
        description="what the reader can do afterwards; each begins with a verb"
    )
    reading_minutes: Minutes
    activity_minutes: Minutes
    first: tuple[Id, ...] = Field((), description="modules to know first")
    needed_by: tuple[Id, ...] = Field((), description="roles on whose path it stands")
    useful_to: tuple[Id, ...] = Field((), description="roles for whom it is optional")
    key_points: Annotated[tuple[Text, ...], Field(min_length=2, max_length=8)]
    worksheets: tuple[Id, ...] = ()
    sessions: tuple[Id, ...] = ()
    reviewed: Day = Field(description="when somebody last checked every sentence")
    review_again: Day = Field(description="when that is due again")

    @model_validator(mode="after")
    def _reviewed_before_due(self) -> Module:
        if self.review_again <= self.reviewed:
            raise problem("review", "the next review is not after the last", "set review_again later")
        return self


# --- quizzes -------------------------------------------------------------------------------------


class _Question(Entry):
    id: Id
    text: Text


class Option(Entry):
    """An answer to choose, with why it is right or wrong."""

    text: Text
    right: bool = False
    why: Text


Options = Annotated[Mapping[Id, Option], Field(min_length=2, max_length=8), *FROZEN]


class OneRight(_Question):
    """One answer of several is right."""

    type: Literal["single-choice"]
    options: Options

    @model_validator(mode="after")
    def _exactly_one(self) -> OneRight:
        if sum(option.right for option in self.options.values()) != 1:
            raise problem("right", "exactly one option of a single choice is right", "mark one `right: true`")
        return self


class SomeRight(_Question):
    """Several answers are right, and at least one is wrong."""

    type: Literal["multiple-choice"]
    options: Options

    @model_validator(mode="after")
    def _some(self) -> SomeRight:
        right = sum(option.right for option in self.options.values())
        if right < 2 or right == len(self.options):
            raise problem(
                "right",
                "a multiple choice has two or more right options and at least one wrong one",
                "mark them, or make it a single-choice",
            )
        return self


class OrderStep(Entry):
    """A step to put in order, with why it belongs there."""

    text: Line
    why: Text


class PutInOrder(_Question):
    """Steps to put in order. They stand in the right order here; a page shows them in another."""

    type: Literal["order"]
    steps: Annotated[Mapping[Id, OrderStep], Field(min_length=3, max_length=8), *FROZEN]


class FreeRecall(_Question):
    """An answer in the reader's own words, to compare with a model answer."""

    type: Literal["recall"]
    answer: Text
    points: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)] = Field(
        description="what a good answer contains"
    )


Question = Annotated[OneRight | SomeRight | PutInOrder | FreeRecall, Field(discriminator="type")]


class Quiz(Entry):
    """The questions of one module; the file is named after the module."""

    questions: Annotated[tuple[Question, ...], Field(min_length=2, max_length=12)]


# --- scenarios -----------------------------------------------------------------------------------


class Choice(Entry):
    """Something one can do at a turn, what follows from it, and where the story goes on."""

    text: Text
    feedback: Text
    to: Id = Field(description="a turn or an ending")


class Turn(Entry):
    """A moment of choice."""

    text: Text
    choices: Annotated[Mapping[Id, Choice], Field(min_length=2, max_length=4), *FROZEN]


class Ending(Entry):
    """How a story ends, and what to take away from it."""

    title: Line
    text: Text


class Version(Entry):
    """A situation from the chair of one role. The first turn is the start."""

    situation: Text
    turns: Annotated[Mapping[Id, Turn], Field(min_length=2, max_length=12), *FROZEN]
    endings: Annotated[Mapping[Id, Ending], Field(min_length=2, max_length=6), *FROZEN]


class Scenario(Entry):
    """A branching situation to practise on, in a version for each role that meets it."""

    order: Annotated[int, Field(ge=1, le=99)]
    title: Line
    summary: Text
    minutes: Minutes
    modules: Annotated[tuple[Id, ...], OneOrMore] = Field(description="modules it practises")
    versions: Annotated[Mapping[Id, Version], Field(min_length=1, max_length=6), *FROZEN]


# --- terms ---------------------------------------------------------------------------------------


class Term(Entry):
    """A word of the field: its names in every language, and what it means."""

    names: Annotated[Mapping[Language, Name], OneOrMore, *FROZEN]
    meaning: Text
    module: Id | None = Field(default=None, description="the module that explains it")

    @model_validator(mode="after")
    def _english(self) -> Term:
        if "en" not in self.names:
            raise problem("names", "a term needs its English name", 'add "en: ..." to names')
        return self

    def language(self, wanted: str) -> Language:
        """The language of its name for readers of a language: theirs, or else English."""
        return next((code for code in self.names if code == wanted), "en")

    def name(self, wanted: str) -> str:
        """What it is called in a language, or else in English."""
        return self.names[self.language(wanted)]


Glossary = Annotated[Mapping[Id, Term], Field(min_length=1, max_length=300), *FROZEN]
