"""Integrations where their frameworks are not installed, as in this project's own environment."""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path

import pytest

import guard.integrations
from guard.errors import ConfigError
from guard.integrations.frameworks import conversation, framework, thread_headers

HERE = Path(guard.integrations.__file__).parent
FRAMEWORKS = {
    "langchain": "langchain",
    "openai_agents": "agents",
    "litellm": "litellm",
    "llama_index": "llama_index",
    "haystack": "haystack",
    "mcp": "mcp",
}


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_module_imports_its_framework_when_it_is_used(name):
    module = import_module(f"guard.integrations.{name}")
    assert FRAMEWORKS[name] not in sys.modules
    assert module.__doc__
    files = [*HERE.glob(f"{name}.py"), *HERE.glob(f"{name}/*.py")]
    assert files
    nodes = [one for file in files for one in ast.walk(ast.parse(file.read_text("utf-8")))]
    imported = {
        alias.name.split(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {n.module.split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
    assert imported <= {"guard", "orjson", "pydantic", *sys.stdlib_module_names}


@pytest.mark.parametrize("module", FRAMEWORKS.values())
def test_a_framework_that_is_missing_says_what_to_install(module, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigError, match="install that-package"):
        framework(module, "that-package")


@pytest.mark.parametrize(
    ("thread", "name"),
    [
        ("", ""),
        ("42", "42"),
        ("a b,c", "a b,c"),
        ("x" * 200, "x" * 200),
    ],
)
def test_threads_name_their_conversation(thread, name):
    assert conversation(thread) == name


@pytest.mark.parametrize("thread", ["ü", " a", "a ", "a\r\nx-guard-purpose: training", "x" * 201])
def test_threads_that_are_no_header_value_stand_as_their_digest(thread):
    said = thread_headers(thread)
    assert set(said) == {"x-guard-conversation", "x-guard-session"}
    assert all(len(value) == 64 and value.isalnum() for value in said.values())
    assert said["x-guard-conversation"] == conversation(thread)
    assert thread_headers("") == {}
