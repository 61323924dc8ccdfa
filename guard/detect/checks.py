"""Checksum and format checks by name. ``python-stdnum`` knows most; the rest cite their standard.

A check takes the matched text and says whether it is well formed: separators are its own business.
It never says that a number was issued.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Check = Callable[[str], bool]

_SEPARATORS = re.compile(r"[\s./()\-]+")


def _compact(value: str) -> str:
    return _SEPARATORS.sub("", value).upper()


def _stdnum(module: str) -> Check:
    """A check by ``stdnum.<module>.is_valid``, imported when it is first used."""

    def check(value: str) -> bool:
        return bool(import_module(f"stdnum.{module}").is_valid(value))

    return check


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 Annex B."""
    return bool(import_module("stdnum.luhn").is_valid(digits))


_IIN = re.compile(
    # ISO/IEC 7812 ranges as the schemes publish them: Visa, Mastercard, American Express, Discover,
    # Diners Club, JCB, UnionPay, Maestro, Mir, RuPay.
    r"4(\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|6(011|5\d\d|4[4-9]\d)\d{12}|3(0[0-5]|[689]\d)\d{11}|3[689]\d{14}|35(2[89]|[3-8]\d)\d{12}"
    r"|62\d{14,17}|81\d{14}|(5018|5019|5020|5038|5893|6304|6759|676[1-3])\d{8,15}|220[0-4]\d{12}"
    r"|(60|65|508)\d{13,14}"
)


def payment_card(value: str) -> bool:
    """A primary account number: scheme range and Luhn digit (ISO/IEC 7812-1)."""
    digits = _compact(value)
    return len(set(digits)) > 1 and _IIN.fullmatch(digits) is not None and _luhn(digits)


def luhn(value: str) -> bool:
    """ISO/IEC 7812-1 Annex B over the digits, not all of them equal."""
    digits = _compact(value)
    return digits.isdecimal() and len(set(digits)) > 1 and _luhn(digits)


def ip_address(value: str) -> bool:
    """RFC 4291 and RFC 6943; the unspecified address names no host."""
    try:
        address = ipaddress.ip_address(value.split("%", maxsplit=1)[0].split("/", maxsplit=1)[0])
    except ValueError:
        return False
    return not address.is_unspecified


def mac_address(value: str) -> bool:
    """IEEE 802: six octets, neither broadcast nor zero."""
    return len(set(re.sub(r"[^0-9a-f]", "", value.lower()))) > 1


_WEIGHTS_731 = (7, 3, 1)


def icao_9303(value: str) -> bool:
    """The check digit of machine-readable documents (ICAO Doc 9303-3, section 4.9)."""
    text = _compact(value)
    if not re.fullmatch(r"[0-9A-Z]+[0-9]", text):
        return False
    total = sum(int(c, 36) * _WEIGHTS_731[i % 3] for i, c in enumerate(text[:-1]))
    return total % 10 == int(text[-1])


def de_health_insurance(value: str) -> bool:
    """Krankenversichertennummer, unchangeable part (§ 290 SGB V; GKV-Spitzenverband, Anlage 1)."""
    text = _compact(value)
    if not re.fullmatch(r"[A-Z]\d{9}", text):
        return False
    digits = f"{ord(text[0]) - 64:02d}{text[1:9]}"
    total = sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(digits))
    return total % 10 == int(text[9])


def de_pension_insurance(value: str) -> bool:
    """Versicherungsnummer (§ 147 SGB VI; VKVV § 2 and § 4)."""
    text = _compact(value)
    if not re.fullmatch(r"\d{8}[A-Z]\d{3}", text) or not 1 <= int(text[4:6]) <= 12:
        return False
    digits = f"{text[:8]}{ord(text[8]) - 64:02d}{text[9:11]}"
    factors = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(sum(divmod(int(d) * f, 10)) for d, f in zip(digits, factors, strict=True))
    return 1 <= int(text[2:4]) % 50 <= 31 and total % 10 == int(text[11])


def es_social_security(value: str) -> bool:
    """Número de la Seguridad Social: province, number, modulo 97 (TGSS)."""
    text = _compact(value)
    if not re.fullmatch(r"\d{12}", text) or not (1 <= int(text[:2]) <= 53 or text[:2] == "66"):
        return False
    number = int(text[2:10])
    # A number below ten million is joined to the province without its leading zero.
    base = int(text[:2]) * (10_000_000 if number < 10_000_000 else 100_000_000) + number
    return base % 97 == int(text[10:])


def gb_national_insurance(value: str) -> bool:
    """HMRC National Insurance Manual NIM39110: prefixes that are not used."""
    text = _compact(value)
    if not re.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?", text):
        return False
    return text[:2] not in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}


def hk_identity_card(value: str) -> bool:
    """Hong Kong identity card: modulo 11 with a space as 36 (Cap. 177 sub. leg. A)."""
    text = _compact(value)
    found = re.fullmatch(r"([A-Z]{1,2})(\d{6})([0-9A])", text)
    if not found:
        return False
    letters, digits, check = found.groups()
    values = [36] * (2 - len(letters)) + [ord(c) - 55 for c in letters] + [int(c) for c in digits]
    total = sum(v * w for v, w in zip(values, range(9, 1, -1), strict=True))
    return (total + int(check, 16)) % 11 == 0


_TW_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def tw_identity(value: str) -> bool:
    """Taiwan national identification and new-format resident certificate number, modulo 10."""
    text = _compact(value)
    if not re.fullmatch(r"[A-Z][1289]\d{8}", text):
        return False
    area = _TW_LETTERS.index(text[0]) + 10
    digits = [area // 10, area % 10, *map(int, text[1:])]
    return (
        sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0
    )


_NRIC = {
    "S": "JZIHGFEDCBA",
    "T": "GFEDCBAJZIH",
    "F": "XWUTRQPNMLK",
    "G": "RQPNMLKXWUT",
}


def sg_nric(value: str) -> bool:
    """Singapore NRIC and FIN (ICA; weights 2 7 6 5 4 3 2, series M from 2022)."""
    text = _compact(value)
    if not re.fullmatch(r"[STFGM]\d{7}[A-Z]", text):
        return False
    total = sum(int(d) * w for d, w in zip(text[1:8], (2, 7, 6, 5, 4, 3, 2), strict=True))
    if text[0] == "M":
        return "KLJNPQRTUWX"[10 - (total + 3) % 11] == text[8]
    return _NRIC[text[0]][total % 11] == text[8]


def au_medicare(value: str) -> bool:
    """Australian Medicare card number: first digit 2 to 6, weights 1 3 7 9 (METeOR 270101)."""
    digits = _compact(value)
    if not re.fullmatch(r"[2-6]\d{9,10}", digits):
        return False
    weights = (1, 3, 7, 9, 1, 3, 7, 9)
    return sum(int(d) * w for d, w in zip(digits[:8], weights, strict=True)) % 10 == int(digits[8])


def ae_emirates_id(value: str) -> bool:
    """Emirates ID: 784, year of birth, seven digits and a Luhn digit (ICP)."""
    digits = _compact(value)
    return re.fullmatch(r"784(19|20)\d{10}", digits) is not None and _luhn(digits)


def us_social_security(value: str) -> bool:
    """SSA POMS RM 10201.035: no area 000, 666 or 9xx, no group 00, no serial 0000."""
    digits = _compact(value)
    return len(set(digits)) > 1 and digits != "123456789" and bool(_stdnum("us.ssn")(digits))


def us_itin(value: str) -> bool:
    """IRS Publication 1915: 9xx, and a group of 50-65, 70-88, 90-92 or 94-99."""
    digits = _compact(value)
    if not re.fullmatch(r"9\d{8}", digits):
        return False
    group = int(digits[3:5])
    return 50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99


def fi_personal_identity(value: str) -> bool:
    """Henkilötunnus, and the temporary ones (serial 900 to 999) that hospitals give."""
    hetu = import_module("stdnum.fi.hetu")
    errors = import_module("stdnum.exceptions")
    try:
        hetu.validate(value, allow_temporary=True)
    except errors.ValidationError:
        return False
    return True


def in_aadhaar(value: str) -> bool:
    """UIDAI: Verhoeff digit, first digit 2 to 9, no palindrome."""
    return bool(import_module("stdnum.in_.aadhaar").is_valid(_compact(value)))


def de_tax_id(value: str) -> bool:
    """Identifikationsnummer (§ 139b AO), modulo 11,10."""
    return bool(import_module("stdnum.de.idnr").is_valid(_compact(value)))


def kr_registration(value: str) -> bool:
    """Resident (stdnum) or foreigner registration number; birth date and digit 1 to 8.

    Numbers issued since October 2020 carry random digits without a check digit (Resident
    Registration Act, Enforcement Rules Art. 2), so only the date and the century digit are certain.
    """
    digits = _compact(value)
    if not re.fullmatch(r"\d{6}[1-8]\d{6}", digits):
        return False
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


def kr_business_number(value: str) -> bool:
    """사업자등록번호: weights 1 3 7 1 3 7 1 3 5, and the last product's tens (NTS)."""
    digits = _compact(value)
    if not re.fullmatch(r"\d{10}", digits):
        return False
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) + int(digits[8]) // 2
    return (10 - total % 10) % 10 == int(digits[9])


def de_vat(value: str) -> bool:
    """Umsatzsteuer-Identifikationsnummer (§ 27a UStG), modulo 11,10."""
    return bool(import_module("stdnum.de.vat").is_valid(_compact(value)))


_STDNUM = (
    "at.tin", "at.uid", "at.vnr", "au.abn", "au.tfn", "be.ssn", "be.vat", "bic", "bitcoin",
    "br.cnpj", "br.cpf", "ca.sin", "ch.ssn", "ch.uid", "ch.vat", "cn.ric", "cn.uscc", "de.stnr",
    "dk.cpr", "dk.cvr", "es.cif", "es.nie", "es.nif", "fi.ytunnus", "fr.nif", "fr.nir",
    "fr.siren", "fr.siret", "fr.tva", "gb.nhs", "gb.utr", "gb.vat", "iban", "ie.pps", "ie.vat",
    "imei", "in_.epic", "in_.gstin", "in_.pan", "it.codicefiscale", "it.iva", "jp.cn", "jp.in_",
    "mx.curp", "nl.bsn", "nl.btw", "pl.nip", "pl.pesel", "pl.regon", "pt.cc", "pt.nif",
    "se.orgnr", "se.personnummer", "se.vat", "sg.uen", "th.pin", "tr.tckimlik", "tr.vkn",
    "tw.ubn", "us.ein", "za.idnr",
)  # fmt: skip
_OWN: tuple[Check, ...] = (
    ae_emirates_id, au_medicare, de_health_insurance, de_pension_insurance, de_tax_id,
    de_vat, es_social_security, fi_personal_identity, gb_national_insurance,
    hk_identity_card, icao_9303, in_aadhaar, ip_address, kr_business_number,
    kr_registration, luhn, mac_address, payment_card, sg_nric, tw_identity, us_itin,
    us_social_security,
)  # fmt: skip

CHECKS: Mapping[str, Check] = MappingProxyType(
    {name: _stdnum(name) for name in _STDNUM} | {check.__name__: check for check in _OWN}
)
