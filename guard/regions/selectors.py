"""What decides where a request runs when its host does not.

The address of an Azure resource is the same for every deployment type, that of a Bedrock runtime
the same for every inference profile. A selector names the property that tells them apart and the
values for which a row holds. Values are compared exactly, but for the case of ASCII letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Outcome = Literal["holds", "fails", "open"]
_Word = Annotated[str, Field(min_length=1, max_length=120)]

# One property, two names: Bedrock's API calls `modelId` what every other one calls `model`.
_SYNONYMS = {"modelId": "model", "model_id": "model"}


def canonical(field: str) -> str:
    """The one name of a field; headers are ``header.<name>`` in lower case."""
    return field.lower() if field.startswith("header.") else _SYNONYMS.get(field, field)


class Selector(BaseModel):
    """One condition on a request or deployment.

    Args:
        field: The property: a field of the body (``inference_geo``), of the deployment
            (``deployment.sku.name``), a header (``header.x-region``), ``model`` or ``region``.
        value: The one value for which the row holds.
        values: Several of them.
        prefixes: Or beginnings of values, for model ids.
        default: The row also holds when the request does not say the field. Only for the row that
            assumes the least: the widest set of places.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    field: _Word
    value: str = ""
    values: tuple[_Word, ...] = ()
    prefixes: tuple[_Word, ...] = ()
    default: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> Selector:
        if sum(map(bool, (self.value, self.values, self.prefixes))) != 1:
            raise ValueError("a selector has `value`, `values` or `prefixes`, and one of them only")
        return self

    @property
    def name(self) -> str:
        """The field's one name."""
        return canonical(self.field)

    @property
    def choices(self) -> tuple[str, ...]:
        """The values as people read them, a prefix with an ellipsis."""
        return (self.value,) if self.value else self.values or tuple(f"{p}…" for p in self.prefixes)

    def judge(self, said: Mapping[str, str]) -> Outcome:
        """Whether the condition holds for what was said, fails, or cannot be told."""
        value = said.get(self.name)
        if value is None:
            return "holds" if self.default else "open"
        if not value.isascii():  # no look-alike letter equals an ASCII one
            return "fails"
        value = value.lower()
        if self.prefixes:
            return "holds" if value.startswith(tuple(p.lower() for p in self.prefixes)) else "fails"
        return "holds" if value in {one.lower() for one in self.choices} else "fails"
