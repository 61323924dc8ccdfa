"""What is served of files and batches: which address means what, and in which form its body is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from guard.errors import InputError
from guard.gateway.asgi import Incoming
from guard.gateway.callers import json_only
from guard.gateway.kept import batches, files, listing, messages
from guard.gateway.kept.desk import Answer, Desk
from guard.gateway.kept.upload import form_only

_PATHS = re.compile(r"(/v1/(?:files|batches|messages/batches))/([^/]+)(/[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Service:
    """What is done at an address.

    Args:
        do: From the desk and the name in the address to the answer.
        takes: The form of its body.
    """

    do: Callable[[Desk, str], Awaitable[Answer]]
    takes: Literal["nothing", "json", "form"] = "nothing"


SERVICES: Mapping[str, Mapping[str, Service]] = {
    "/v1/files": {"GET": Service(listing.of_files), "POST": Service(files.create, "form")},
    "/v1/files/{id}": {"GET": Service(files.retrieve), "DELETE": Service(files.delete)},
    "/v1/files/{id}/content": {"GET": Service(files.content)},
    "/v1/batches": {"GET": Service(listing.of_batches), "POST": Service(batches.create, "json")},
    "/v1/batches/{id}": {"GET": Service(batches.retrieve)},
    "/v1/batches/{id}/cancel": {"POST": Service(batches.cancel)},
    messages.PATH: {"POST": Service(messages.create, "json")},
    f"{messages.PATH}/{{id}}": {
        "GET": Service(messages.retrieve),
        "DELETE": Service(messages.delete),
    },
    f"{messages.PATH}/{{id}}/results": {"GET": Service(messages.results)},
    f"{messages.PATH}/{{id}}/cancel": {"POST": Service(messages.cancel)},
}
"""Service by method, by the address as the description writes it."""


def found(path: str) -> tuple[str, str]:
    """An address as the description writes it, and the name that stands in it."""
    parts = _PATHS.fullmatch(path)
    if parts is None:
        return path, ""
    return f"{parts[1]}/{{id}}{parts[3] or ''}", parts[2]


def form_of(service: Service, incoming: Incoming) -> None:
    """See that a body is in the form that is taken, before it is read.

    Raises:
        Unacceptable: 415 if it is not.
    """
    if service.takes == "json":
        json_only(incoming)
    elif service.takes == "form":
        form_only(incoming)


async def done(service: Service, desk: Desk, name: str) -> Answer:
    """What comes of a request.

    Raises:
        InputError: It cannot be read.
        GuardError: As `Desk` and what is done there say.
    """
    if desk.raw and service.takes == "nothing":
        raise InputError("nothing is read from the body of such a request", remedy="send none")
    return await service.do(desk, name)
