"""Where the configuration says the vault is, and what it says of stand-ins."""

from pathlib import Path

import pytest

from guard.config import Config
from guard.errors import ConfigError
from guard.vault import Vault, is_url

GOOD = {"context": {"establishment": ["DE"]}}


def config(root, **vault):
    return Config.parse({**GOOD, "vault": vault}, root=root)


@pytest.mark.parametrize(
    ("vault", "said"),
    [
        ({"path": "a", "url_file": "b"}, "vault: Value error, path and url_file"),
        ({"path": "redis://:s3cret@h/0"}, "vault: Value error, a URL may"),
        ({"path": "rediss://:s3cret@h/0"}, "vault: Value error, a URL may"),
        ({"path": "unix:///run/redis?password=s3cret"}, "vault: Value error, a URL may"),
        ({"path": "postgresql://u:s3cret@h/d"}, "vault: Value error, a URL may"),
        ({"path": "postgres://u:s3cret@h/d"}, "vault: Value error, a URL may"),
        ({"url": "redis://h/0"}, "vault.url: unknown key"),
        ({"wait_s": 0}, "vault.wait_s"),
        ({"format": "keep"}, "vault.format"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(tmp_path, vault, said):
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, **vault)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_the_default_is_a_file_and_plain_tokens(tmp_path):
    made = Config.parse(GOOD, root=tmp_path)
    assert made.vault_place() == tmp_path / "vault.sqlite"
    assert made.vault.format == "token"
    assert config(tmp_path, path="a/b").vault_place() == tmp_path / "a" / "b"


@pytest.mark.parametrize(
    "url",
    [
        "redis://:s3cret@h/0",
        "rediss://h",
        "unix:///run/redis",
        "postgresql://h/d",
        "postgres://h/d",
    ],
)
def test_a_url_stands_in_a_file_of_its_own(tmp_path, url):
    made = config(tmp_path, url_file="vault.url")
    with pytest.raises(ConfigError, match=r"vault\.url: cannot be read"):
        made.vault_place()
    (tmp_path / "vault.url").write_text(f"{url}\n")
    assert made.vault_place() == url
    assert is_url(url)


@pytest.mark.parametrize("url", ["mysql://u:s3cret@h", "redis:h", "", "vault.sqlite"])
def test_what_is_no_url_of_a_store_is_no_file_either(tmp_path, url):
    (tmp_path / "vault.url").write_text(url)
    with pytest.raises(ConfigError, match="no redis: or postgresql: URL") as caught:
        config(tmp_path, url_file="vault.url").vault_place()
    assert "s3cret" not in str(caught.value)
    assert not is_url(url)
    assert not is_url(Path("redis") / url)


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [("redis://h", "redis", "redis"), ("postgres://h", "psycopg", "postgres")],
)
def test_an_extra_that_is_missing_is_named(monkeypatch, url, module, extra):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ConfigError, match=rf"pip install 'sovereign-guard\[{extra}\]'"):
        Vault(url, bytes(32), ttl=None, clock=None)
