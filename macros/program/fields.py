"""What may be written into `organisation.yml`, read off its model, so that the reference cannot lag behind.

What a field is for, in words that are translated, and an example of it stand in `data/fields.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from macros.program.model import Organisation
from macros.program.values import FROZEN, Entry, Name, Text


class FieldHelp(Entry):
    """What a field of `organisation.yml` is for, and how it is written."""

    what: Text
    example: Annotated[str, AfterValidator(str.strip), Field(max_length=800)] = Field(
        description="lines of YAML, as they stand in the file"
    )


Fields = Annotated[Mapping[Name, FieldHelp], Field(min_length=1, max_length=100), *FROZEN]
"""By field of `organisation.yml`."""


@dataclass(frozen=True, slots=True)
class Known:
    """A field as the model has it: whether it must be there, what it holds, what holds without it."""

    required: bool
    choices: tuple[str, ...]
    default: str


def of_organisation() -> dict[str, Known]:
    """Every field of the organisation, in the order of the model."""
    schema = Organisation.model_json_schema()
    return {
        name: Known(
            name in schema["required"],
            tuple(str(one) for one in _enum(schema["properties"][name])),
            _shown(info.default) if not info.is_required() else "",
        )
        for name, info in Organisation.model_fields.items()
    }


def _enum(schema: dict[str, Any]) -> list[Any]:
    """The values that a field may take, where they are few."""
    if "const" in schema:
        return [schema["const"]]
    return list(schema.get("enum", ()))


def _shown(value: Any) -> str:
    """A default as it would stand in the file, or nothing where it is empty."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(str, value))}]"
    return ""
