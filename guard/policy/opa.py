"""The Open Policy Agent as a server: production, and the oracle for the embedded engine.

The server loads the bundle itself (``opa run --server -b bundle.tar.gz``); we only ask. Every
answer carries the revision of the bundle that gave it, and an answer of another revision is none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from opa_client.opa import OpaClient

from guard.canonical import Json
from guard.errors import ConfigError, PolicyError

if TYPE_CHECKING:
    from guard.policy.bundle import PolicySet

# A builtin error is an error on the embedded engine; on a server it would silently be undefined.
_QUERY: dict[str, Any] = {"strict-builtin-errors": "true", "provenance": "true"}


class OpaEngine:
    """A policy set on an OPA server.

    Args:
        url: Base URL of the server, ``http://127.0.0.1:8181``.
        policy_set: What the server must have loaded.
        timeout_s: Seconds until an answer is too late.
        token: Bearer token, when the server asks for one.

    Raises:
        ConfigError: If `url` is no HTTP(S) URL of a server or `timeout_s` is not positive.
    """

    def __init__(
        self, url: str, policy_set: PolicySet, *, timeout_s: float, token: str | None = None
    ) -> None:
        if timeout_s <= 0:
            raise ConfigError("the policy server's timeout must be above 0 seconds")
        self._address = _address(url)
        self._revision = policy_set.revision
        self._timeout = timeout_s
        self._token = token
        self._local = threading.local()

    def evaluate(self, entrypoint: str, document: Mapping[str, Json]) -> Json:
        """The value of `entrypoint` for an input.

        Raises:
            PolicyError: If the server is unreachable, late, fails, has another revision, or has no
                value for the entry point.
        """
        package, _, rule = entrypoint.removeprefix("data.").rpartition(".")
        begun = time.monotonic()
        answer = self._ask(package, rule, document)
        if time.monotonic() - begun > self._timeout:
            raise PolicyError("the policy server answered too late")
        if not isinstance(answer, dict):
            raise PolicyError("the policy server's answer is not an object")
        self._same_revision(answer)
        if "result" not in answer:
            raise PolicyError(f"{entrypoint} is undefined on the policy server")
        result: Json = answer["result"]
        return result

    def close(self) -> None:
        """Close this thread's connection; other threads' connections go with their threads."""
        client = self._local.__dict__.pop("client", None)
        if client is not None:
            client.close_connection()

    def _ask(self, package: str, rule: str, document: Mapping[str, Json]) -> Any:
        try:
            return self._client().query_rule(
                input_data=dict(document), package_path=package, rule_name=rule, query_params=_QUERY
            )
        except requests.Timeout:
            raise PolicyError("the policy server answered too late") from None
        except requests.HTTPError as error:
            status = error.response.status_code if error.response is not None else "an error"
            raise PolicyError(f"the policy server answered {status}") from None
        except requests.JSONDecodeError:
            raise PolicyError("the policy server's answer is not JSON") from None
        except requests.RequestException as error:
            host, port = self._address[:2]
            raise PolicyError(
                f"the policy server at {host}:{port} cannot be reached ({type(error).__name__})",
                remedy="start it, or set policy.url in guard.toml",
            ) from None
        except Exception as error:  # noqa: BLE001 - whatever a client library raises, no answer is a no
            raise PolicyError(f"the policy client failed: {type(error).__name__}") from None

    def _same_revision(self, answer: Mapping[str, Any]) -> None:
        provenance = answer.get("provenance")
        bundles = provenance.get("bundles") if isinstance(provenance, dict) else None
        rows = bundles.values() if isinstance(bundles, dict) else ()
        revisions = {row.get("revision") for row in rows if isinstance(row, dict)}
        if self._revision not in revisions:
            raise PolicyError(
                "the policy server has loaded another policy revision",
                remedy=f"load the bundle of revision {self._revision[:12]}",
            )

    def _client(self) -> OpaClient:
        client = getattr(self._local, "client", None)
        if client is None:
            host, port, ssl = self._address
            client = OpaClient(
                host=host,
                port=port,
                ssl=ssl,
                token=self._token,
                retries=0,  # a retry would answer after the time that the caller allowed
                timeout=self._timeout,
            )
            session = client._session  # noqa: SLF001 - the client has no other way to say this
            session.trust_env = False  # no proxy and no netrc from the environment
            session.max_redirects = 0  # the facts go to the server that was named, to no other
            self._local.client = client
        return client


def _address(url: str) -> tuple[str, int, bool]:
    remedy = "write http://HOST:PORT or https://HOST:PORT"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ConfigError("the policy server's URL is malformed", remedy=remedy) from None
    plain = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or parts.username:
        raise ConfigError("the policy server's URL is malformed", remedy=remedy)
    ssl = parts.scheme == "https"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host, port or (443 if ssl else 8181), ssl
