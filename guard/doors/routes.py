"""Addresses of a provider's API that speak no dialect: its models, files, and what it keeps."""

from __future__ import annotations

import re
from typing import Literal

from guard.dialects.words import is_model

Route = Literal["listing", "state", "upload", ""]

_BEFORE = r"(?:/[A-Za-z0-9._~:@%+=,-]+)*"
_ID = r"/[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}"
_MODELS = re.compile(rf"{_BEFORE}/models(?:/(?P<model>[^/]+(?:/[^/]+)?))?")
_FILES = re.compile(rf"{_BEFORE}/files")
_KEPT = re.compile(
    rf"{_BEFORE}/(?:"
    rf"(?:files|batches|responses|messages/batches|fine_tuning/jobs){_ID}"
    rf"(?:/(?:content|cancel|results|input_items|events))?"
    rf"|files|batches|messages/batches|fine_tuning/jobs)"
)


def route(method: str, path: str) -> Route:
    """What an address without a dialect is for; ``""`` where nobody knows.

    Args:
        method: The HTTP method.
        path: The path of the URL as it stands on the wire.

    Returns:
        ``listing`` for the names of models, which hold no data; ``upload`` for a file; ``state``
        for what lies, or will lie, at the provider.
    """
    path = path.removesuffix("/")
    if "/.." in path or "/./" in path:
        return ""
    if method == "GET" and (models := _MODELS.fullmatch(path)):
        return "listing" if models["model"] is None or is_model(models["model"]) else ""
    if method == "POST" and _FILES.fullmatch(path):
        return "upload"
    if method in {"GET", "POST", "DELETE"} and _KEPT.fullmatch(path):
        return "state"
    return ""
