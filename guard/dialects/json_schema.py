"""JSON Schema as tools and structured output use it (draft 2020-12, OpenAPI 3.0's dialect).

Descriptions, titles, constants and examples are text. A keyword that is not named here is an
annotation, which any schema may carry (JSON Schema Core §6.5): its strings are text.
"""

from __future__ import annotations

from guard.dialects.leaves import FREE, NUMBER, TEXT, WORD, each
from guard.dialects.shapes import Either, Entries, Items, Later, Object, Shape

_SELF = Later(lambda: SCHEMA)
_ITEMS = Either(members=_SELF, array=Items(_SELF), other=NUMBER)

_KEYWORDS: dict[str, Shape] = {
    "type": Either(string=WORD, array=Items(WORD)),
    "required": Items(WORD),
    **each(WORD, "$schema $ref $anchor format propertyOrdering"),
    **each(TEXT, "title description pattern $comment $id"),
    **each(FREE, "enum const default example examples"),
    **each(Entries(_SELF), "properties patternProperties $defs definitions dependentSchemas"),
    **each(
        _ITEMS,
        "items prefixItems additionalItems additionalProperties unevaluatedProperties"
        " unevaluatedItems contains propertyNames not if then else anyOf oneOf allOf",
    ),
    **each(
        NUMBER,
        "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems"
        " maxItems uniqueItems minProperties maxProperties minContains maxContains nullable"
        " deprecated readOnly writeOnly strict",
    ),
}
_KEYWORDS["propertyOrdering"] = Items(WORD)

SCHEMA: Shape = Either(members=Object(_KEYWORDS, others=FREE), other=NUMBER)
