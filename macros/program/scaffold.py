"""`python -m macros new …`: a valid data file with its page, to be filled in.

The texts are written by hand; a test holds that each of them is accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from macros.program import pages, schema, translate
from macros.program.loading import Programme, load
from macros.program.problems import DataError, Problem, nearest
from macros.program.source import read
from macros.program.values import Id, Plural

_SESSION = """\
kind: event
title: "{title}"
phase: {phase}
when: {{first_meeting: -1}}
purpose: "Why people come, in one sentence."
outcome: "What they leave with."
roles: [{roles}]
bring:
  - "What to have at hand"
minutes: 30
agenda:
  - id: welcome
    title: "Welcome"
    minutes: 10
    lead: [{role}]
    lens:
      {role}:
        do: "What you do."
        say: "What you say."
  - id: core
    title: "The thing you came for"
    minutes: 20
    lead: [{role}]
    lens:
      {role}:
        do: "What you do."
trouble:
  - when: "Something goes wrong"
    say: "The sentence that helps."
"""

_WORKSHEET = """\
code: {code}
title: "{title}"
purpose: "What this sheet is for, in one sentence."
use_when: "When to use it."
not_when: "When not to."
by: [{role}]
goes_to: private
minutes: 10
fields:
  - id: first-question
    type: long-text
    visibility: private
    label: "Your first question"
    lines: 4
"""

_ROLE = """\
order: {order}
title: "{title}"
person: "Who that usually is"
summary: "What this role is about, in a sentence or two."
does:
  - "One thing this role does"
does_not:
  - "One thing this role does not do"
call: "Whom to turn to, and with what."
"""

_CHECKLIST = """\
items:
  - id: {id}-first-thing
    text: "Do the first thing"
    roles: [{role}]
    when: {{first_meeting: -1}}
    minutes: 10
    why: "Why it matters."
"""

_MODULE = """\
order: {order}
title: "{title}"
question: "The question that a reader comes with"
summary: "What they get here, in two sentences."
objectives:
  first-objective: "Name the first thing that the reader can do afterwards"
reading_minutes: 1
activity_minutes: 5
useful_to: [{role}]
key_points:
  - "The first thing to keep."
  - "The second thing to keep."
reviewed: {today}
review_again: {next_year}
"""

_QUIZ = """\
questions:
  - id: first-question
    type: single-choice
    text: "The first question?"
    options:
      yes-option:
        text: "The right answer"
        right: true
        why: "Why it is right."
      no-option:
        text: "What people often believe"
        why: "Why it is not right."
  - id: in-your-words
    type: recall
    text: "What would you tell a colleague?"
    answer: "A model answer."
    points:
      - "What it should contain"
"""

_MODULE_PAGE = """\
---
description: What this module is about, in one sentence.
---
{{{{ module("{id}") }}}}

## A situation {{ #opening }}

Somebody, somewhere, with something at stake {{{{ cite("our-judgement") }}}}.

## Try it on your own case {{ #activity }}

One thing to do, how long it takes, and what you then hold in your hands.

{{{{ module_end("{id}") }}}}
"""

_SCENARIO = """\
order: {order}
title: "{title}"
summary: "The situation in one sentence."
minutes: 5
modules: [{module}]
versions:
  {role}:
    situation: "Who you are, where, and what is at stake."
    turns:
      first-turn:
        text: "What happens."
        choices:
          wait:
            text: "You wait."
            feedback: "What follows from it, and why."
            to: second-turn
          speak:
            text: "You speak."
            feedback: "What follows from it, and why."
            to: second-turn
      second-turn:
        text: "What happens next."
        choices:
          mend:
            text: "You mend it."
            feedback: "What follows."
            to: good-end
          leave:
            text: "You leave it."
            feedback: "What follows."
            to: poor-end
    endings:
      good-end: {{title: "It went well", text: "What to take away."}}
      poor-end: {{title: "It went badly", text: "What to take away."}}
"""

KINDS = {
    "session": ("sessions", "agenda", _SESSION),
    "worksheet": ("worksheets", "worksheet", _WORKSHEET),
    "role": ("roles", "role", _ROLE),
    "checklist": ("checklists", "checklist", _CHECKLIST),
    "module": ("modules", "module", _MODULE),
    "scenario": ("scenarios", "scenario", _SCENARIO),
}
"""What can be made: its folder in `data/`, the macro of its page, and its first text."""


def new(kind: str, identifier: str, data: Path, docs: Path) -> list[str]:
    """Write the data file and page of a new entry; returns what was written and what comes next.

    Raises `DataError` where the id cannot be used or the entry exists.
    """
    folder, macro, template = KINDS[kind]
    path = data / folder / f"{identifier}.yml"
    shown = f"{data.name}/{folder}/{identifier}.yml"
    try:
        TypeAdapter(Id).validate_python(identifier)
    except ValidationError as error:
        context = error.errors()[0]["ctx"]
        raise DataError(
            [Problem(f"{data.name}/{folder}", 1, 1, "N901", "id", context["message"], context["hint"])]
        ) from None
    if path.exists():
        raise DataError(
            [Problem(shown, 1, 1, "N902", "", "this file exists already", "choose another id, or edit it")]
        )
    programme = load(data).programme
    phases = [phase.id for phase in programme.program.phases]
    if kind == "checklist" and identifier not in phases:
        raise DataError(
            [
                Problem(
                    shown,
                    1,
                    1,
                    "N903",
                    "id",
                    f'there is no phase "{identifier}"',
                    f"a checklist is named after its phase: {', '.join(phases)}",
                )
            ]
        )
    words = {
        "id": identifier,
        "title": identifier.replace("-", " ").capitalize(),
        "phase": phases[0],
        "role": next(iter(programme.roles)),
        "roles": next(iter(programme.roles)),
        "module": next(iter(programme.modules)),
        "order": _next_order(
            {"module": programme.modules, "scenario": programme.scenarios}.get(kind, programme.roles)
        ),
        "code": _free_code(programme),
        "today": date.today().isoformat(),  # noqa: DTZ011 - the author's own day is meant
        "next_year": f"{date.today().year + 1}-01-31",  # noqa: DTZ011
    }
    written = [_write(path, _modeline(folder) + template.format(**words))]
    quiz = data / "quizzes" / f"{identifier}.yml"
    if kind == "module" and not quiz.exists():
        written.append(_write(quiz, _modeline("quizzes") + _QUIZ))
    made = [
        (
            pages.MACROS[macro],
            _MODULE_PAGE.format(**words) if kind == "module" else pages.text(macro, identifier),
        )
    ]
    more = {"role": ("checklist", "pack"), "session": ("pack",)}.get(kind, ())
    made += [(pages.MACROS[one], pages.text(one, identifier)) for one in more]
    for page_folder, text in made:
        page = docs / page_folder / f"{identifier}.md"
        if not page.exists():
            written.append(_write(page, text))
    return [f"Wrote {name}" for name in written] + [
        f"Next: fill in {shown}, then run: python -m macros check"
    ]


def worklist(data: Path, language: str, name: str) -> list[str]:
    """Write the translation file of an entry with every text that it lacks.

    Below each English text without one, a person adds the translation; until then it counts as
    missing, and the entry speaks English. What is translated already stays as it is; a text that
    changed since keeps its old pair, below a comment. Returns what was written.

    Raises `DataError` where there is no such entry, or its file cannot be read.
    """
    entries = translate.catalogue(load(data))
    if name not in entries:
        hint = nearest(name, entries, "use a path such as sessions/kickoff")
        raise DataError([Problem(data.name, 1, 1, "N904", "", f'there is no entry "{name}"', hint)])
    path = data / language / f"{name}.yml"
    pairs: Any = {}
    if path.exists():
        existing = read(path, f"{data.name}/{path.relative_to(data).as_posix()}")
        if existing.problems:
            raise DataError(existing.problems)
        pairs = existing.value if isinstance(existing.value, dict) else {}
    depth = "../" * (name.count("/") + 1)
    lines = [f"# yaml-language-server: $schema={depth}schema/translation.json"]
    for place, text in translate.texts(entries[name]):
        english = text.model_dump(exclude_none=True) if isinstance(text, Plural) else text
        pair = pairs.get(place, {"en": english})
        if isinstance(pair, dict) and pair.get("en") != english:
            lines.append(f"# English has changed, to: {json.dumps(english, ensure_ascii=False)}")
        lines.append(yaml.safe_dump({place: pair}, allow_unicode=True, sort_keys=False, width=100).rstrip())
    return [f"Wrote {_write(path, chr(10).join(lines) + chr(10))}"]


def _write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path.as_posix()


def _modeline(folder: str) -> str:
    return f"# yaml-language-server: $schema=../schema/{schema.kind(folder)}.json\n"


def _next_order(entries: Mapping[str, Any]) -> int:
    return min(max(int(entry.order) for entry in entries.values()) + 1, 99)


def _free_code(programme: Programme) -> str:
    taken = {sheet.code for sheet in programme.worksheets.values()}
    return next(code for n in range(1, 100) if (code := f"X{n}") not in taken)
