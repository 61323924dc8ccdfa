"""The vault in Redis, for several hosts: one hash for a conversation, one for a session.

A hash holds the sealed key (``key``), its end by our clock in milliseconds (``until``) and a field
``=TOKEN`` for each sealed value, so that it is kept, forgotten and lost as a whole. What belongs
together is one script, which Redis runs alone. Redis' own expiry sweeps; our clock decides.

What Redis throws away under memory pressure is refused at the start: a session that was forgotten
would pass for one that met nothing. How much a crash may lose is Redis' ``appendfsync``; whoever
needs certainty takes PostgreSQL. Redis Cluster is not spoken to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from guard.errors import ConfigError
from guard.vault.store import Kept, Met, Put, failed

_BEGIN = """
local until_ = tonumber(redis.call('HGET', KEYS[1], 'until') or '')
if until_ and until_ < tonumber(ARGV[2]) then redis.call('DEL', KEYS[1]) end
redis.call('HSETNX', KEYS[1], 'key', ARGV[1])
redis.call('HSET', KEYS[1], 'until', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return redis.call('HGET', KEYS[1], 'key')
"""
_PUT = """
local key = redis.call('HGET', KEYS[1], 'key')
if key ~= ARGV[1] then return {key} end
local answer = {key}
for i = 2, #ARGV, 2 do
  local field = '=' .. ARGV[i]
  if redis.call('HSETNX', KEYS[1], field, ARGV[i + 1]) == 0 then
    answer[#answer + 1] = ARGV[i]
    answer[#answer + 1] = redis.call('HGET', KEYS[1], field)
  end
end
return answer
"""
_MEET = """
local until_ = tonumber(redis.call('HGET', KEYS[1], 'until') or '')
if until_ and until_ < tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[1])
  until_ = nil
end
for i = 4, #ARGV, 2 do redis.call('HSETNX', KEYS[1], '=' .. ARGV[i], ARGV[i + 1]) end
if not until_ or until_ < tonumber(ARGV[2]) then redis.call('HSET', KEYS[1], 'until', ARGV[2]) end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1
"""
_SWEEP = """
local until_ = tonumber(redis.call('HGET', KEYS[1], 'until') or '')
if until_ and until_ < tonumber(ARGV[1]) then return redis.call('DEL', KEYS[1]) end
return 0
"""
_CONVERSATION, _SESSION = "guard:vault:conversation:", "guard:vault:session:"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REMEDY = "try again; see that the vault's Redis runs and lets us in"


class RedisStore:
    """A vault in a Redis database. Safe to use from several threads, processes and hosts.

    Args:
        url: ``redis://``, ``rediss://`` (TLS) or ``unix://``.
        wait_s: Seconds to wait for the server, at each step.

    Raises:
        ConfigError: The package is missing, the URL is malformed, or Redis may throw data away.
        ObligationError: The server does not answer.
    """

    def __init__(self, url: str, *, wait_s: float) -> None:
        self._driver = _redis()
        try:
            self._db = _client(self._driver, url, wait_s)
        except ValueError:
            raise ConfigError("not a URL of Redis", remedy="see the page vault.md") from None
        self._begin, self._put, self._meet, self._sweep = (
            self._db.register_script(script) for script in (_BEGIN, _PUT, _MEET, _SWEEP)
        )
        try:
            with self._guarded():
                memory = self._db.info("memory")
            _keeps(memory)
        except Exception:
            self.close()
            raise

    def key(self, name: bytes) -> Kept | None:
        """The row of a conversation, expired or not."""
        with self._guarded():
            sealed, until = self._db.hmget(_conversation(name), ["key", "until"])
        return Kept(sealed, _time(until)) if sealed and until else None

    def begin(self, name: bytes, sealed: bytes, now: datetime, until: datetime) -> bytes:
        """Keep a conversation, with the key it has or with `sealed`."""
        with self._guarded():
            kept: bytes = self._begin(
                keys=[_conversation(name)], args=[sealed, _ms(now), _ms(until), _ms(until, now)]
            )
        return kept

    def values(self, name: bytes, tokens: Collection[str]) -> dict[str, bytes]:
        """Those of `tokens` that a conversation holds, with their sealed values."""
        asked = list(tokens)
        if not asked:
            return {}
        with self._guarded():
            found = self._db.hmget(_conversation(name), [f"={token}" for token in asked])
        return {
            token: sealed for token, sealed in zip(asked, found, strict=True) if sealed is not None
        }

    def tokens(self, name: bytes) -> set[str]:
        """Every token of a conversation."""
        with self._guarded():
            fields = self._db.hkeys(_conversation(name))
        return {field[1:].decode() for field in fields if field.startswith(b"=")}

    def put(self, name: bytes, sealed: bytes, rows: Mapping[str, bytes]) -> Put:
        """Add sealed values by token, if the conversation's sealed key is still `sealed`."""
        pairs = [part for row in rows.items() for part in row]
        with self._guarded():
            answer = self._put(keys=[_conversation(name)], args=[sealed, *pairs])
        kept, others = (answer[0], answer[1:]) if answer else (None, [])
        return Put(
            kept,
            {token.decode(): there for token, there in zip(others[::2], others[1::2], strict=True)},
        )

    def forget(self, name: bytes) -> None:
        """Destroy a conversation."""
        with self._guarded():
            self._db.delete(_conversation(name))

    def purge(self, now: datetime) -> int:
        """Destroy what expired before `now`; returns the number of conversations."""
        with self._guarded():
            self._swept(_SESSION, now)
            return self._swept(_CONVERSATION, now)

    def met(self, name: bytes) -> Met | None:
        """The rows of a session, expired or not."""
        with self._guarded():
            found = self._db.hgetall(_session(name))
        until = found.pop(b"until", None)
        return None if until is None else Met({k[1:]: v for k, v in found.items()}, _time(until))

    def meet(
        self, name: bytes, rows: Mapping[bytes, bytes], now: datetime, until: datetime
    ) -> None:
        """Add rows to a session and keep it until `until` at least."""
        pairs = [part for row in rows.items() for part in row]
        with self._guarded():
            self._meet(keys=[_session(name)], args=[_ms(now), _ms(until), _ms(until, now), *pairs])

    def leave(self, name: bytes) -> None:
        """Destroy a session."""
        with self._guarded():
            self._db.delete(_session(name))

    def close(self) -> None:
        """Close the connections."""
        self._db.close()
        self._db.connection_pool.disconnect()

    def _swept(self, prefix: str, now: datetime) -> int:
        found = self._db.scan_iter(match=f"{prefix}*", count=500)
        return sum(self._sweep(keys=[key], args=[_ms(now)]) for key in found)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except self._driver.RedisError as error:
            raise failed(type(error).__name__, _REMEDY) from None


def _client(driver: Any, url: str, wait_s: float) -> Any:
    # A connection that the server closed meanwhile is opened anew, once: every call may be
    # repeated. A server that is late is not asked again.
    once = driver.retry.Retry(
        driver.backoff.NoBackoff(), 1, supported_errors=(driver.ConnectionError,)
    )
    return driver.Redis.from_url(
        url, socket_timeout=wait_s, socket_connect_timeout=wait_s, retry=once
    )


def _keeps(memory: Mapping[str, Any]) -> None:
    """Refuse a Redis that throws keys away when its memory is full.

    Raises:
        ConfigError: It would, or does not say.
    """
    if memory.get("maxmemory") != 0 and memory.get("maxmemory_policy") != "noeviction":
        raise ConfigError(
            "this Redis throws away what it holds when its memory is full",
            remedy="set its maxmemory-policy to noeviction",
        )


def _redis() -> Any:
    try:
        import redis  # noqa: PLC0415  (an extra: only who shares a vault needs it)
        import redis.backoff  # noqa: PLC0415
        import redis.retry  # noqa: PLC0415
    except ImportError:
        raise ConfigError(
            "a vault in Redis needs redis-py", remedy="pip install 'sovereign-guard[redis]'"
        ) from None
    return redis


def _conversation(name: bytes) -> str:
    return _CONVERSATION + name.hex()


def _session(name: bytes) -> str:
    return _SESSION + name.hex()


def _ms(at: datetime, since: datetime = _EPOCH) -> int:
    return (at - since) // timedelta(milliseconds=1)


def _time(until: bytes) -> datetime:
    return _EPOCH + timedelta(milliseconds=int(until))
