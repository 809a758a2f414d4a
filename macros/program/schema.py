"""JSON Schemas of the data files, so that an editor completes keys and underlines slips."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from macros.program.loading import FOLDERS, SINGLES
from macros.program.translate import Pairs


def kind(folder: str) -> str:
    """What one entry of a folder is called."""
    return {"quizzes": "quiz"}.get(folder, folder.removesuffix("s"))


def schemas() -> dict[str, str]:
    """The text of every schema, by file name."""
    models: dict[str, Any] = {
        **SINGLES,
        **{kind(name): model for name, model in FOLDERS.items()},
        "translation": Pairs,
    }
    return {f"{name}.json": _text(name, model) for name, model in models.items()}


def _text(name: str, model: Any) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **TypeAdapter(model).json_schema(by_alias=True),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
