"""The vault: pseudonyms by conversation, and the only way back (GDPR Art. 4(5)).

vault.py       Vault: conversations begun, restored, forgotten
conversation   from label and value to a token, and where a text holds tokens
tokens         what a token looks like;   surrogates   stand-ins that keep a value's format
sessions       which laws a session has met, sticky
seal           AES-256-GCM and keyed names: all that a store ever sees
store          what a store must do;   sql, sqlite, postgres, redis   those that do it
"""

from __future__ import annotations

from guard.vault.conversation import Conversation
from guard.vault.seal import new_key
from guard.vault.sessions import Sessions
from guard.vault.store import is_url
from guard.vault.vault import Vault

__all__ = ["Conversation", "Sessions", "Vault", "is_url", "new_key"]
