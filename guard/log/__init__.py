"""The decision log: signed, tamper-evident, readable by other people's tools.

Imported by name where it is used: ``from guard.log import Log, LogWriter, SigningKey``.
"""

from guard.log.keys import DigestKey, SigningKey, VerifierKey
from guard.log.lock import Held
from guard.log.proof import verify_proof
from guard.log.reader import Log
from guard.log.record import uuid7
from guard.log.sequencer import Receipt
from guard.log.verify import Verified
from guard.log.writer import LogWriter

__all__ = [
    "DigestKey",
    "Held",
    "Log",
    "LogWriter",
    "Receipt",
    "SigningKey",
    "Verified",
    "VerifierKey",
    "uuid7",
    "verify_proof",
]
