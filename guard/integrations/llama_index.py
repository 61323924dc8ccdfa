"""LlamaIndex: language models whose every request is decided, and nodes that may go to them.

    from guard.integrations.llama_index import guarded, postprocessor
    engine = index.as_query_engine(
        llm=guarded(OpenAI("gpt-5"), guard), node_postprocessors=[postprocessor(guard, "openai-us")]
    )

Nodes, prompts and answers stay real; calls are pseudonymised and answers restored on the wire.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import PrivateAttr

from guard.doors.circumstances import Circumstances
from guard.errors import ConfigError
from guard.integrations.frameworks import framework
from guard.integrations.kits import guarded_kit
from guard.integrations.question import released

if TYPE_CHECKING:
    from guard.gate.gate import Gate

L = TypeVar("L")
_SENDS = "llama_index.llms.openai.base.OpenAI"


def guarded(llm: L, guard: Gate, circumstances: Circumstances | None = None) -> L:
    """A copy of a language model whose every request is decided by `guard`.

    Args:
        llm: `llama_index.llms.openai.OpenAI` or one of its kin.
        guard: Who decides.
        circumstances: What holds for every request.

    Raises:
        ConfigError: If it is none of them, or makes a client for each request.
    """
    model: Any = llm
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(llm).__mro__}
    if _SENDS not in kinds:
        raise ConfigError(
            f"nobody knows by what {type(llm).__name__} sends",
            remedy="use llama_index.llms.openai.OpenAI, with api_base of `guard serve` if need be",
        )
    if not model.reuse_client:
        raise ConfigError("it makes a client for each request", remedy="leave reuse_client on")
    made: Any = model.model_copy()
    made._client = guarded_kit(model._get_client(), guard, circumstances)  # noqa: SLF001
    made._aclient = guarded_kit(model._get_aclient(), guard, circumstances)  # noqa: SLF001
    copied: L = made
    return copied


def postprocessor(guard: Gate, to: str, circumstances: Circumstances | None = None) -> Any:
    """A node postprocessor that leaves the nodes which may go to a destination.

    What a model is asked is decided whole, so one node that may not go would refuse the question.
    Nodes are not rewritten: the guarded model does that, and restores the answer. Each node is a
    decision of its own in the log.

    Args:
        guard: Who decides.
        to: The destination that the language model is.
        circumstances: What holds of every node.

    Raises:
        ConfigError: If LlamaIndex is missing, or the destination is unknown.
    """
    guard.candidates(to)
    made: Any = _kind()()
    made._guard, made._to = guard, to  # noqa: SLF001  (pydantic keeps private state so)
    made._circumstances = circumstances or Circumstances()  # noqa: SLF001
    return made


@cache
def _kind() -> Any:
    types = framework("llama_index.core.postprocessor.types", "llama-index-core")
    state = {name: PrivateAttr(default=None) for name in ("_guard", "_to", "_circumstances")}
    kind: Any = type(types.BaseNodePostprocessor)
    bases = (_Body, types.BaseNodePostprocessor)
    return kind("GuardPostprocessor", bases, {"__module__": __name__, **state})


class _Body:
    """The body of the postprocessor; LlamaIndex's base is added where it is there."""

    _guard: Gate
    _to: str
    _circumstances: Circumstances

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex writes it down."""
        return "GuardPostprocessor"

    def _postprocess_nodes(self, nodes: Sequence[Any], query_bundle: Any = None) -> list[Any]:
        """The nodes that may go, as a model would see them: with the metadata that it is shown."""
        del query_bundle
        mode = framework("llama_index.core.schema", "llama-index-core").MetadataMode.LLM
        return [node for node in nodes if self._may_go(node.node, mode)]

    def _may_go(self, node: Any, mode: Any) -> bool:
        """Whether the policy permits it.

        Raises:
            Undecided: If there is no answer.
        """
        content = [{"type": "text", "text": node.get_content(metadata_mode=mode)}]
        if getattr(node, "image", None) or getattr(node, "image_url", None):
            content.append({"type": "image_url", "image_url": {"url": "data:image/png;base64,"}})
        document = {"model": "", "messages": [{"role": "user", "content": content}]}
        asked = released(self._guard, "openai.chat", document, self._to, self._circumstances)
        return asked.verdict.permitted
