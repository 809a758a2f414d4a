"""A whole project on disk: its data in every language, checked, and a summary of what was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.program import checks, consequences, learning, mirror, pages, schema, views
from macros.program.loading import Loaded, Programme, load
from macros.program.problems import DataError
from macros.program.translate import Gap, translate


@dataclass(frozen=True, slots=True)
class Project:
    """The programme in every language of the organisation, without what it switched off."""

    loaded: Loaded
    languages: dict[str, Programme]
    gaps: dict[str, list[Gap]]
    pages: int
    pages_behind: dict[str, list[str]]


def open_project(data: Path, docs: Path | None = None, only: str | None = None) -> Project:
    """Load, check and translate: into every language of the organisation, or English and `only` one.

    Raises `DataError` with every problem where anything is wrong.
    """
    loaded = load(data)
    problems = checks.check(loaded, docs)
    problems += pages.unreadable(docs) if docs else ()
    languages: dict[str, Programme] = {}
    gaps: dict[str, list[Gap]] = {}
    for language in loaded.programme.organisation.languages:
        if only is not None and language not in ("en", only):
            continue
        try:
            programme, gaps[language] = translate(loaded, data, language)
        except DataError as error:
            problems += error.problems
            continue
        languages[language] = programme
    if problems:
        raise DataError(problems)
    count = len(pages.pages(docs)) if docs else 0
    behind = {name: mirror.behind(docs, name) for name in languages if docs and name != "en"}
    return Project(loaded, {k: views.chosen(v) for k, v in languages.items()}, gaps, count, behind)


def summary(project: Project) -> str:
    """What was checked, in numbers, and how far each translation is."""
    programme = project.loaded.programme
    items = sum(len(items) for items in programme.checklists.values())
    fields = sum(len(sheet.fields) for sheet in programme.worksheets.values())
    agendas = sum(len(session.all_lengths) for session in programme.sessions.values())
    lines = [
        (
            f"Checked {len(project.loaded.sources)} data files and {project.pages} pages "
            f"by {len(checks.ALL)} rules: all is well."
        ),
        (
            f"  {len(programme.roles)} roles, {len(programme.sessions)} sessions "
            f"({agendas} agendas that add up), {items} checklist items, "
            f"{len(programme.worksheets)} worksheets with {fields} fields."
        ),
    ]
    questions = sum(len(quiz.questions) for quiz in programme.quizzes.values())
    findings = sum(len(source.findings) for source in programme.sources.values())
    lines.append(
        f"  {len(programme.modules)} modules with {questions} questions, "
        f"{len(programme.scenarios)} scenarios whose branches all end, "
        f"{len(programme.glossary)} terms, {findings} findings of {len(programme.sources)} sources."
    )
    due = learning.due_for_review(programme.modules, date.today())  # noqa: DTZ011 - the reader's own day
    lines += [f"  due for review: modules/{name}" for name in due]
    chosen = project.languages.get("en", programme)
    told = [consequences.sentence(chosen, one) for one in consequences.consequences(chosen)]
    lines += [f"  from your choices: {one}" for one in told]
    for language, gaps in project.gaps.items():
        if language == "en":
            continue
        stale = [gap for gap in gaps if gap.was is not None]
        missing = len(gaps) - len(stale)
        lines.append(
            f"  {language}: {missing} texts to translate (shown in English), "
            f"{len(stale)} made from older English."
        )
        lines += [f"    {page}" for page in project.pages_behind.get(language, [])]
        lines += [f'    stale: {gap.name} {gap.place}: now "{gap.english}"' for gap in stale]
    return "\n".join(lines)


def write_schemas(data: Path) -> str:
    """Write every JSON Schema, and say how many changed."""
    folder = data / "schema"
    folder.mkdir(exist_ok=True)
    changed = 0
    for name, text in schema.schemas().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    return f"{len(schema.schemas())} schemas in {folder}, {changed} changed."
