"""JSON Schemas of the data files, so that an editor completes keys and underlines slips."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from macros.program.loading import FOLDERS, SINGLES
from macros.program.translate import Pairs


def schemas() -> dict[str, str]:
    """The text of every schema, by file name."""
    kinds: dict[str, Any] = {
        **SINGLES,
        **{name.removesuffix("s"): kind for name, kind in FOLDERS.items()},
        "translation": Pairs,
    }
    return {f"{name}.json": _text(name, kind) for name, kind in kinds.items()}


def _text(name: str, kind: Any) -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **TypeAdapter(kind).json_schema(by_alias=True),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
