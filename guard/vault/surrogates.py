"""Stand-ins that keep a value's format, from ranges that nobody is ever given.

A tool that checks its arguments takes no ``EMAIL_…`` for an address. Where a format has a range
that stays unassigned, the stand-in comes from there, so that it is nobody's:

=====  =======================================================================================
EMAIL  ``<10>@<6>.pseudonym.invalid``: the top-level domain is reserved (RFC 2606, RFC 6761)
URL    ``https://<10>.<6>.pseudonym.invalid/``
PHONE  ``+999`` and twelve digits: country code 999 is not assigned (ITU-T E.164, list of assigned
       codes). The numbers kept for fiction (555-0100 to 0199 in a North American area) are a
       hundred each: too few to tell the callers of one conversation apart
IP     version 4: ``240.0.0.0/4``, reserved (RFC 1112 section 4), below ``255``; the ranges for
       documentation (RFC 5737) have 768 addresses together. Version 6: ``2001:db8::/32`` (RFC 3849)
CARD   ``9999`` and twelve digits, the last by Luhn: 9 is for national use, by the three digits of
       ISO 3166-1, where 900 to 999 are no country's (ISO/IEC 7812-1)
IBAN   ``XX``, check digits (ISO 7064 MOD 97-10) and eighteen digits: ``XX`` is no country's
       (ISO 3166-1 user-assigned). Who knows each country's format refuses it; any number that he
       would take could be an account
=====  =======================================================================================

Every kind has one length, so that none begins another and a text that arrives in pieces is clear.
Dates, names and all else have no such range and get the plain token.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_DOMAIN = ".pseudonym.invalid"
_LOCAL, _NAMESPACE = 10, 6  # characters, 5 bits each
_BASE32_ONLY = re.compile(f"[{_BASE32}]*")
_OCTET = "(?:1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_GROUP = "[1-9a-f][0-9a-f]{3}"
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_DIGITS = 5  # fewer are no telephone number, but the rest of one


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of stand-in.

    Args:
        make: From a number of 256 bits and the conversation's namespace to the stand-in.
        hint: Characters without which a text holds none.
        pattern: Its beginning, with the rest as group 1 looked ahead at; they may overlap.
        before: Length of what stands before the pattern.
    """

    make: Callable[[int, str], str]
    hint: str
    pattern: re.Pattern[str]
    before: int = 0


def of(label: str, value: str) -> Format | None:
    """The format to keep for a value, None if its kind has none or the value is not of its kind."""
    match label:
        case "EMAIL" if _ADDRESS.fullmatch(value):
            return _EMAIL
        case "URL" if value.startswith(("https://", "http://")):
            return _URL
        case "PHONE" if sum(map(str.isdigit, value)) >= _DIGITS:
            return _PHONE
        case "IP":
            return _address(value)
        case "CARD" if sum(map(str.isdigit, value)) > _DIGITS:
            return _CARD
        case "IBAN" if sum(map(str.isdigit, value)) > _DIGITS:
            return _IBAN
        case _:
            return None


def key(conversation: bytes) -> bytes:
    """The key of a conversation's stand-ins, from the conversation's own."""
    return hmac.digest(conversation, b"guard/vault/surrogate", "sha256")


def made(kind: Format, key: bytes, label: str, value: str, turn: int) -> str:
    """A stand-in for a value.

    Args:
        kind: Its format.
        key: What `key` gave.
        label: The value's kind in words.
        value: The value.
        turn: 0 for the first choice, 1 for the second, …
    """
    namespace = _letters(_number(key, b"namespace"), _NAMESPACE)
    material = f"{label}\0{turn}\0{value}".encode("utf-8", "surrogatepass")
    return kind.make(_number(key, b"value\0" + material), namespace)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds what may be a stand-in of some conversation, by its looks."""
    for kind in _FORMATS:
        if kind.hint not in text:
            continue
        for found in kind.pattern.finditer(text):
            start, end = found.start() - kind.before, found.end(1)
            if not kind.before or (
                start >= 0 and _BASE32_ONLY.fullmatch(text, start, start + kind.before)
            ):
                yield start, end


def _address(value: str) -> Format | None:
    try:
        return _IPV4 if ipaddress.ip_address(value).version == 4 else _IPV6
    except ValueError:
        return None


def _number(key: bytes, material: bytes) -> int:
    return int.from_bytes(hmac.digest(key, material, "sha256"), "big")


def _letters(number: int, length: int) -> str:
    return "".join(_BASE32[number >> 5 * i & 31] for i in range(length))


def _email(number: int, namespace: str) -> str:
    return f"{_letters(number, _LOCAL)}@{namespace}{_DOMAIN}"


def _url(number: int, namespace: str) -> str:
    return f"https://{_letters(number, _LOCAL)}.{namespace}{_DOMAIN}/"


def _phone(number: int, _: str) -> str:
    return f"+999{number % 10**12:012}"


def _ipv4(number: int, _: str) -> str:
    # Octets of three digits keep one length: 15 · 156³ = 57 million addresses.
    octets = (100 + number // 156**place % 156 for place in range(3))
    return ".".join(map(str, (240 + number // 156**3 % 15, *octets)))


def _ipv6(number: int, _: str) -> str:
    # Groups of four digits, none zero: the one spelling of RFC 5952.
    groups = (f"{0x1000 + number // 0xF000**place % 0xF000:x}" for place in range(6))
    return ":".join(("2001", "db8", *groups))


def _card(number: int, _: str) -> str:
    digits = f"9999{number % 10**11:011}"
    doubled = sum(int(d) * 2 - 9 * (d > "4") for d in digits[::-2])
    return f"{digits}{-(doubled + sum(map(int, digits[-2::-2]))) % 10}"


def _iban(number: int, _: str) -> str:
    account = f"{number % 10**18:018}"
    # X is 33 in ISO 7064; the check digits make the whole number 1 modulo 97.
    return f"XX{98 - int(f'{account}333300') % 97:02}{account}"


_INVALID = rf"[{_BASE32}]{{{_NAMESPACE}}}{re.escape(_DOMAIN)}"
_EMAIL = Format(_email, _DOMAIN, re.compile(rf"@(?=({_INVALID}))"), before=_LOCAL)
_URL = Format(_url, _DOMAIN, re.compile(rf"https://(?=([{_BASE32}]{{{_LOCAL}}}\.{_INVALID}/))"))
_PHONE = Format(_phone, "+999", re.compile(r"\+(?=(999[0-9]{12}))"))
_IPV4 = Format(_ipv4, ".", re.compile(rf"2(?=((?:4[0-9]|5[0-4])(?:\.{_OCTET}){{3}}))"))
_IPV6 = Format(_ipv6, "2001:db8:", re.compile(rf"2(?=(001:db8(?::{_GROUP}){{6}}))"))
_CARD = Format(_card, "9999", re.compile(r"9(?=(999[0-9]{12}))"))
_IBAN = Format(_iban, "XX", re.compile(r"X(?=(X[0-9]{20}))"))
_FORMATS = (_EMAIL, _URL, _PHONE, _IPV4, _IPV6, _CARD, _IBAN)
