"""The tools of OpenAI's Responses API.

Source: https://platform.openai.com/docs/api-reference/responses/create (``tools``).
"""

from __future__ import annotations

from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import ADDRESS, FREE, NUMBER, TEXT, WORD, Bytes, State, each
from guard.dialects.openai_parts import CUSTOM, FUNCTION, LOCATION
from guard.dialects.shapes import Either, Entries, Items, Later, Object, Shape, Variants

_CALLERS: dict[str, Shape] = {"allowed_callers": Items(WORD)}
_FILES = Items(State("file_id"))
_NETWORK = Object(
    {
        "type": WORD, "allowed_domains": Items(TEXT),
        "domain_secrets": Items(Object(each(TEXT, "domain name value"))),
    }
)  # fmt: skip
_SKILL = Object(
    {
        "type": WORD, **each(TEXT, "name description path"), "skill_id": State("skill_id"),
        "version": WORD,
        "source": Object({"type": WORD, "media_type": WORD, "data": Bytes("file")}),
    }
)  # fmt: skip
ENVIRONMENT = Object(
    {
        "type": WORD, "memory_limit": WORD, "file_ids": _FILES, "network_policy": _NETWORK,
        "container_id": State("container"), "skills": Items(_SKILL),
    }
)  # fmt: skip
_CONTAINER = Either(string=State("container"), members=ENVIRONMENT)
_TOOL_NAMES = Either(
    string=WORD,
    array=Items(WORD),
    members=Object({"read_only": NUMBER, "tool_names": Items(WORD)}),
)
_FILTER: Shape = Either(
    members=Object(
        {
            "type": WORD, **each(TEXT, "key"), "value": FREE,
            "filters": Items(Later(lambda: _FILTER)),
            **each(Items(TEXT), "allowed_domains blocked_domains"),
        }
    )
)  # fmt: skip
# The provider would call a server with credentials that stand here: nobody looks behind it.
_SERVER = Object(
    {
        "server_label": WORD, "server_url": ADDRESS, "server_description": TEXT,
        "connector_id": State("connector"), "tunnel_id": State("tunnel"), "authorization": TEXT,
        "headers": Entries(TEXT), "allowed_tools": _TOOL_NAMES, "defer_loading": NUMBER,
        "require_approval": Either(
            string=WORD, members=Object({"always": _TOOL_NAMES, "never": _TOOL_NAMES})
        ),
        **_CALLERS,
    }
)  # fmt: skip
_SEARCH = Object(
    {
        "search_context_size": WORD, "user_location": LOCATION, "filters": _FILTER,
        "search_content_types": Items(WORD), "external_web_access": NUMBER,
    }
)  # fmt: skip
_DRAWING = Object(
    {
        **each(
            WORD, "action background input_fidelity model moderation output_format quality size"
        ),
        **each(NUMBER, "output_compression partial_images"),
        "input_image_mask": Object({"file_id": State("file_id"), "image_url": ADDRESS}),
    }
)
_SCREEN = Object({**each(NUMBER, "display_height display_width"), "environment": WORD})

TOOL: Variants = Variants(
    "type",
    {
        "function": Object({**FUNCTION, "function": Object(FUNCTION)}),
        "custom": Object({**CUSTOM, "custom": Object(CUSTOM)}),
        "namespace": Object({
            "name": WORD, "description": TEXT, "tools": Items(Later(lambda: TOOL)),
        }),
        "file_search": Object({
            "vector_store_ids": Items(State("vector_store_ids")), "filters": _FILTER,
            "max_num_results": NUMBER,
            "ranking_options": Object({
                "ranker": WORD, "score_threshold": NUMBER, "hybrid_search": Entries(NUMBER),
            }),
        }),
        **dict.fromkeys(
            ("web_search", "web_search_preview", "web_search_2025_08_26",
             "web_search_preview_2025_03_11"),
            _SEARCH,
        ),
        **dict.fromkeys(("computer", "computer_use_preview", "computer_use"), _SCREEN),
        "mcp": _SERVER,
        "code_interpreter": Object({"container": _CONTAINER, **_CALLERS}),
        "image_generation": _DRAWING,
        "shell": Object({"environment": ENVIRONMENT, **_CALLERS}),
        "tool_search": Object({"description": TEXT, "execution": WORD, "parameters": SCHEMA}),
        **dict.fromkeys(
            ("local_shell", "apply_patch", "programmatic_tool_calling"), Object(_CALLERS)
        ),
    },
)  # fmt: skip
TOOLS = Items(TOOL)
_PICKED = Object(each(WORD, "type name server_label"))
CHOICE = Either(
    string=WORD,
    members=Object(
        {**each(WORD, "type name server_label mode"), "tools": Items(_PICKED)},
    ),
)
LISTED = Items(
    Object({"name": WORD, "description": TEXT, "input_schema": SCHEMA, "annotations": FREE})
)
