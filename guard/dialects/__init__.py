"""What an API's body says: which of it is text, and what nobody can scan."""

from __future__ import annotations

from guard.dialects.catalogue import DIALECTS, find, named
from guard.dialects.dialect import Dialect
from guard.dialects.parse import parse
from guard.dialects.walked import Copy, Opaque, Walked

__all__ = ["DIALECTS", "Copy", "Dialect", "Opaque", "Walked", "find", "named", "parse"]
