"""What a value itself says of a jurisdiction. A hint with a weight, never proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

NONE = ("", 0)
DIALLING_CODE = 40
IBAN_COUNTRY = 50
COUNTRY_DOMAIN = 20

_WORLDWIDE_DOMAINS = """
ac ag ai am bz cc cd cm co cx dj fm gg gl im io is la li ly me ms mu nu pw sc sh st tk to tv vc
vg ws ml ga cf gq
"""
"""Country domains that are sold and used worldwide, so that they say nothing of a place."""
_COUNTRY_DOMAINS = """
ad ae af al ao ar at au az ba bb bd be bf bg bh bi bj bn bo br bs bt bw by ca ch ci ck cl cn cr
cu cv cy cz de dk dm do dz ec ee eg er es et fi fj fr ge gh gm gn gr gt gw gy hk hn hr ht hu id
ie il in iq ir it jm jo jp ke kg kh ki km kn kp kr kw kz lb lc lk lr ls lt lu lv ma mc md mg mh
mk mm mn mo mr mt mv mw mx my mz na ne ng ni nl no np nr nz om pa pe pg ph pk pl ps pt py qa ro
rs ru rw sa sb sd se sg si sk sl sm sn so sr ss sv sy sz td tg th tj tl tm tn tr tt tw tz ua ug
us uy uz va ve vn vu ye za zm zw
"""
"""ISO 3166-1 alpha-2 codes that are domains of the country (RFC 1591); ``uk`` stands apart."""
_COUNTRIES = frozenset(_COUNTRY_DOMAINS.split()) - frozenset(_WORLDWIDE_DOMAINS.split())


def from_iban(value: str) -> tuple[str, int]:
    """The country of an account: the first two letters (ISO 13616-1)."""
    return value[:2].upper(), IBAN_COUNTRY


def from_domain(value: str) -> tuple[str, int]:
    """The country of a domain's last label (RFC 1591 section 2); ``uk`` is GB."""
    label = value.rsplit(".", 1)[-1].lower()
    if label == "uk":
        return "GB", COUNTRY_DOMAIN
    if label in _COUNTRIES:
        return label.upper(), COUNTRY_DOMAIN
    return NONE


SOURCES: Mapping[str, Callable[[str], tuple[str, int]]] = MappingProxyType(
    {"iban": from_iban, "domain": from_domain}
)
