"""From a data folder to the programme, or to the list of everything wrong with it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from macros.program import local, values
from macros.program.course import Glossary, Module, Quiz, Scenario, Term
from macros.program.evidence import Myth, Myths, Picture, Sources
from macros.program.evidence import Source as Publication
from macros.program.fields import FieldHelp, Fields
from macros.program.guide import Duties, Duty, Guide, GuidePage, Pack, Risk, Risks, Standard, Standards
from macros.program.model import Checklist, ChecklistItem, Organisation, Program, Role, Session
from macros.program.problems import DataError, Problem, nearest, shortened
from macros.program.source import Key, Source, child, read
from macros.program.tracks import Track
from macros.program.values import Words
from macros.program.worksheet import Worksheet

SINGLES: Mapping[str, Any] = {
    "organisation": Organisation,
    "program": Program,
    "ui": Words,
    "glossary": Glossary,
    "sources": Sources,
    "myths": Myths,
    "guide": Guide,
    "duties": Duties,
    "risks": Risks,
    "standards": Standards,
    "fields": Fields,
}
"""Files that stand alone, by stem."""

FOLDERS: Mapping[str, Any] = {
    "roles": Role,
    "sessions": Session,
    "checklists": Checklist,
    "worksheets": Worksheet,
    "tracks": Track,
    "packs": Pack,
    "modules": Module,
    "quizzes": Quiz,
    "scenarios": Scenario,
    "pictures": Picture,
}
"""Folders with one entry a file, the file's name being the entry's id."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Everything the data says, in one language. Two are never compared, so that views can be cached.

    `fallen_back` names what has no complete translation and therefore speaks English:
    `sessions/kickoff`, `checklists/run/book-dates`.
    """

    organisation: Organisation
    program: Program
    words: Words
    roles: Mapping[str, Role]
    sessions: Mapping[str, Session]
    checklists: Mapping[str, tuple[ChecklistItem, ...]]
    worksheets: Mapping[str, Worksheet]
    tracks: Mapping[str, Track]
    packs: Mapping[str, Pack]
    modules: Mapping[str, Module]
    quizzes: Mapping[str, Quiz]
    scenarios: Mapping[str, Scenario]
    pictures: Mapping[str, Picture]
    glossary: Mapping[str, Term]
    sources: Mapping[str, Publication]
    myths: tuple[Myth, ...]
    guide: Mapping[str, GuidePage]
    duties: tuple[Duty, ...]
    risks: tuple[Risk, ...]
    standards: tuple[Standard, ...]
    fields: Mapping[str, FieldHelp]
    language: str = "en"
    fallen_back: frozenset[str] = frozenset()

    def language_of(self, name: str) -> str:
        """The language in which the entry `name` speaks."""
        return "en" if name in self.fallen_back else self.language


@dataclass(slots=True)
class Loaded:
    """The programme with the sources it came from, so that rules can point at lines."""

    programme: Programme
    sources: dict[str, Source] = field(default_factory=dict)
    """By name: `organisation`, `sessions/kickoff`."""
    entries: dict[str, Any] = field(default_factory=dict)
    """The value of each source, by the same names."""
    folder: Path | None = None
    """The data folder."""


def load(folder: Path) -> Loaded:
    """Read a data folder in English.

    Raises `DataError` with every problem of every file where any file cannot be used.
    """
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    values: dict[str, Any] = {}
    if not folder.is_dir():
        raise DataError([Problem(folder.name, 1, 1, "F001", "", "there is no data folder", "restore it")])
    kinds: dict[str, Any] = {}
    own = folder / local.FOLDER
    for layer in (folder, own) if own.is_dir() else (folder,):
        for name, path, kind in _files(layer, problems, layer.relative_to(folder.parent).as_posix()):
            shown = path.relative_to(folder.parent).as_posix()
            source = read(path, shown)
            sources[name] = local.lay_over(sources[name], source) if name in sources else source
            kinds[name] = kind
    for name, source in sources.items():
        problems += source.problems
        if source.value is not None:
            value = validate(kinds[name], source, problems)
            if value is not None:
                values[name] = value
    for name in SINGLES:
        if name not in sources:
            shown = f"{folder.name}/{name}.yml"
            problems.append(Problem(shown, 1, 1, "F001", "", "this file is missing", "restore it"))
    for name in FOLDERS:
        if not any(key.startswith(f"{name}/") for key in sources):
            shown = f"{folder.name}/{name}"
            problems.append(Problem(shown, 1, 1, "F001", "", "this folder holds no data", "restore it"))
    if problems:
        raise DataError(problems)

    return Loaded(assemble(values), sources, values, folder)


def assemble(
    values: Mapping[str, Any], language: str = "en", fallen_back: frozenset[str] = frozenset()
) -> Programme:
    """The programme of these entries, each kind in the order in which people meet it."""

    def entries(kind: str) -> dict[str, Any]:
        return {
            name.removeprefix(f"{kind}/"): value
            for name, value in values.items()
            if name.startswith(f"{kind}/")
        }

    def ordered(kind: str) -> dict[str, Any]:
        return dict(sorted(entries(kind).items(), key=lambda item: (item[1].order, item[0])))

    return Programme(
        organisation=_in_form(values["organisation"], values["program"]),
        program=values["program"],
        words=values["ui"],
        roles=ordered("roles"),
        sessions=dict(sorted(entries("sessions").items(), key=_session_order)),
        checklists={name: value.items for name, value in entries("checklists").items()},
        worksheets=dict(
            sorted(entries("worksheets").items(), key=lambda i: (i[1].code[0], int(i[1].code[1:])))
        ),
        tracks=dict(sorted(entries("tracks").items(), key=lambda item: item[1].code)),
        packs=entries("packs"),
        modules=ordered("modules"),
        quizzes=entries("quizzes"),
        scenarios=ordered("scenarios"),
        pictures=entries("pictures"),
        glossary=values["glossary"],
        sources=values["sources"],
        myths=values["myths"].myths,
        guide=values["guide"],
        duties=values["duties"].duties,
        risks=values["risks"].risks,
        standards=values["standards"].standards,
        fields=values["fields"],
        language=language,
        fallen_back=fallen_back,
    )


def _in_form(organisation: Organisation, program: Program) -> Organisation:
    """The organisation in the form of programme that it chose; what it says itself goes first."""
    for variant in program.variants:
        if variant.id == organisation.variant:
            form = variant.model_dump(include={"cadence_weeks", "meeting_minutes", "pairs"})
            own = organisation.model_fields_set
            return organisation.model_copy(update={k: v for k, v in form.items() if k not in own})
    return organisation


def _session_order(item: tuple[str, Session]) -> tuple[int, float, str]:
    """Events before the first meeting, then meetings, each followed by what comes after it, then the rest."""
    name, session = item
    when = session.when
    if when.first_meeting is not None:
        return (0 if when.first_meeting <= 0 else 2, when.first_meeting, name)
    if when.meeting is not None:
        return (1, when.meeting, name)
    if when.after_meetings is not None:
        return (1, when.after_meetings[0] + 0.5, name)
    return (3, when.last_meeting or 0, name)


def _files(folder: Path, problems: list[Problem], called: str) -> Iterator[tuple[str, Path, Any]]:
    """Every data file with its name and model; what does not belong becomes a problem.

    `called` is the folder as messages name it.
    """
    of_the_kit = folder.name != local.FOLDER

    def refuse(path: Path, message: str, hint: str) -> None:
        shown = f"{called}/{path.relative_to(folder).as_posix()}"
        problems.append(Problem(shortened(shown, 120), 1, 1, "F002", "", message, hint))

    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith("."):
            continue
        if name in (("schema", "pages.yml", local.FOLDER) if of_the_kit else local.PARTS):
            continue
        if name in FOLDERS:
            if not path.is_dir():
                refuse(path, "a file stands where a folder belongs", "put the folder back")
                continue
            for entry in sorted(path.iterdir()):
                if entry.name.startswith("."):
                    continue
                if entry.suffix != ".yml":
                    refuse(entry, "this is not a .yml file", "rename it to end in .yml, or move it")
                    continue
                try:
                    TypeAdapter(values.Id).validate_python(entry.stem)
                except ValidationError as error:
                    context = error.errors()[0]["ctx"]
                    refuse(entry, context["message"], context["hint"])
                    continue
                yield f"{name}/{entry.stem}", entry, FOLDERS[name]
        elif path.suffix == ".yml" and path.stem in SINGLES:
            yield path.stem, path, SINGLES[path.stem]
        elif name not in get_args(values.Language) or name == "en" or not path.is_dir():
            allowed = [*FOLDERS, *(f"{single}.yml" for single in SINGLES), "pl"]
            allowed += [] if of_the_kit else local.PARTS
            refuse(path, "nothing reads this", nearest(name, allowed))


# --- validation ---------------------------------------------------------------------------------


def validate(kind: Any, source: Source, problems: list[Problem]) -> Any | None:
    """The typed value of a source, or None; what is wrong is added to `problems`."""
    if not isinstance(source.value, dict):
        problems.append(
            source.problem((), "D001", "the file must hold keys and values", "begin with a key: value")
        )
        return None
    try:
        return _adapter(kind).validate_python(source.value)
    except ValidationError as error:
        problems.extend(_problem(detail, kind, source) for detail in error.errors(include_url=False))
        return None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """A model made ready to validate, which takes longer than validating one file."""
    return TypeAdapter(kind)


def _problem(detail: ErrorDetails, kind: Any, source: Source) -> Problem:
    key = _key(detail["loc"], source, absent=detail["type"] == "missing")
    written = detail["input"]
    context = detail.get("ctx", {})
    name = detail["type"]
    if name == "kit":
        version = detail["loc"][:1] == ("version",)
        return source.problem(key, "D020" if version else "D010", context["message"], context["hint"])
    if (detail["loc"] and detail["loc"][-1] == "version") or (name == "missing" and key == ("version",)):
        return source.problem(
            key,
            "D020",
            "the version of the data format is missing"
            if name == "missing"
            else f"version {_quote(written)} of the data format is not known here",
            f"this kit reads version {values.VERSION}; update the kit, or write version: {values.VERSION}",
        )
    if name == "missing":
        place, wanted = key[:-1], key[-1]
        return source.problem(place, "D002", f'"{wanted}" is missing', f'add a line "{wanted}: ..."')
    if name == "extra_forbidden":
        allowed = _allowed(kind, detail["loc"][:-1])
        present = child(source.value, key[:-1])
        free = [k for k in allowed if not (isinstance(present, dict) and k in present)]
        word = str(key[-1])
        close = nearest(word, free or allowed)
        return source.problem(key, "D003", f'there is no key "{shortened(word)}" here', close)
    if name in ("literal_error", "union_tag_invalid"):
        expected = str(context.get("expected") or context.get("expected_tags"))
        allowed = [w.strip().strip("'") for w in expected.replace(" or ", ", ").split(",")]
        if name == "union_tag_invalid":
            key = (*key, "type")
            written = context["tag"]
        return source.problem(
            key, "D004", f"{_quote(written)} is not known here", nearest(str(written), allowed)
        )
    if name == "union_tag_not_found":
        return source.problem(key, "D002", '"type" is missing', 'add a line "type: ..."')
    return source.problem(key, *_PLAIN.get(name, _other)(written, context, detail["msg"]))


def _key(loc: tuple[int | str, ...], source: Source, *, absent: bool) -> Key:
    """Pydantic's location without the steps that no file shows: tags of unions, `[key]`.

    Where a key is `absent`, the location's last step names it.
    """
    key: list[str | int] = []
    for index, part in enumerate(loc):
        here = child(source.value, tuple(key))
        last = index == len(loc) - 1
        if (
            (isinstance(here, dict) and part in here)
            or (isinstance(here, tuple) and isinstance(part, int))
            or (absent and last and isinstance(part, str))
        ):
            key.append(part)
    return tuple(key)


def _quote(value: object) -> str:
    if isinstance(value, bool):
        return f'"{str(value).lower()}"'
    if isinstance(value, dict | tuple):
        return "a group of lines" if isinstance(value, dict) else "a list"
    return f'"{shortened(value)}"'


def _wanted(what: str, hint: str) -> Any:
    def plain(written: object, _context: object, _message: str) -> tuple[str, str, str]:
        return "D005", f"{_quote(written)} is not {what}", hint

    return plain


def _limit(message: str, hint: str) -> Any:
    def plain(written: object, context: dict[str, Any], _message: str) -> tuple[str, str, str]:
        if isinstance(written, int | float):
            shown = shortened(written)
        else:
            shown = f"{len(cast(Sized, written))}{' characters' if isinstance(written, str) else ''}"
        return (
            "D006",
            message.format(written=shown, **context),
            hint.format(what="text" if isinstance(written, str) else "list"),
        )

    return plain


def _other(written: object, _context: object, message: str) -> tuple[str, str, str]:
    return "D009", f"{_quote(written)}: {message[:1].lower()}{message[1:]}", "see the field's example"


_text_hint = "write text; put it in quotes if it is a number or a date"
_PLAIN: dict[str, Any] = {
    "string_type": _wanted("text", _text_hint),
    "int_type": _wanted("a whole number", "write digits only, without unit or quotes"),
    "int_from_float": _wanted("a whole number", "write digits only, without unit or quotes"),
    "bool_type": _wanted("true or false", "write true or false"),
    "tuple_type": _wanted("a list", 'write each entry on its own line, after "- "'),
    "dict_type": _wanted("a group of keys", "write key: value on indented lines"),
    "mapping_type": _wanted("a group of keys", "write key: value on indented lines"),
    "model_type": _wanted("a group of keys", "write key: value on indented lines"),
    "model_attributes_type": _wanted("a group of keys", "write key: value on indented lines"),
    "greater_than_equal": _limit("{written} is less than {ge}", "use a larger number"),
    "less_than_equal": _limit("{written} is more than {le}", "use a smaller number"),
    "too_short": _limit("there must be at least {min_length} here", "add one or delete the key"),
    "too_long": _limit("{written} are too many, {max_length} is the most", "shorten the {what}"),
    "string_too_long": _limit("{written} are too many, {max_length} is the most", "shorten the {what}"),
    "string_pattern_mismatch": _wanted(
        "in the form wanted here", "a capital letter and a number, such as M1"
    ),
}


def _allowed(kind: Any, loc: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at a location of a model."""
    kinds = _models(kind)
    for part in loc:
        following: list[Any] = []
        for one in kinds:
            if isinstance(part, str) and part in one.model_fields:
                following += _models(one.model_fields[part].annotation)
            elif isinstance(part, int) or part not in _tags(one):
                following.append(one)  # a step into a list or mapping of these
        tagged = [one for one in kinds if part in _tags(one)]
        kinds = tagged or following or kinds
    return sorted({name for one in kinds for name in one.model_fields})


def _tags(kind: type[BaseModel]) -> tuple[Any, ...]:
    annotation: Any = kind.model_fields["type"].annotation if "type" in kind.model_fields else None
    return get_args(annotation)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for part in get_args(annotation) for one in _models(part)]
