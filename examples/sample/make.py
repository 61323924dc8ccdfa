"""Make the sample in ``data/`` from public corpora: the same inputs give the same records.

    python examples/sample/make.py CORPORA

CORPORA is a folder that holds the files which LICENSES.md names, as JSON Lines with ``id``,
``lang``, ``text`` and ``spans`` (``piianon_*.jsonl``, ``obi_synthetic_clinical_notes.jsonl``,
under ``unlabelled/``), and in their original form (``congress_terms.csv``, ``v1_sft_demo.jsonl``,
``glaive_toolcall_en_demo.json``, under ``unlabelled/``).

Every record but the customers is taken over as it is. The customers are synthetic: see `customers`.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import phonenumbers
import pyarrow as pa
import pyarrow.parquet as pq
from stdnum import iban
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.gb import nhs

DATA = Path(__file__).resolve().parent / "data"
LOCALES = ("en", "de", "fr", "zh")
SEED = 20160427  # the date of Regulation (EU) 2016/679


def main(corpora: Path) -> None:
    """Write every file of the sample."""
    records = list(_pii_anon(corpora))
    DATA.mkdir(exist_ok=True)
    _jsonl(DATA / "messages.jsonl", messages(records))
    _jsonl(DATA / "clinical.jsonl.gz", clinical(records, corpora))
    (DATA / "access.log").write_text("".join(access_log(records)), encoding="utf-8")
    _csv(DATA / "customers.csv", list(customers(records)))
    legislators(DATA / "legislators.parquet", corpora)
    text = json.dumps(list(instructions(corpora)), ensure_ascii=False, indent=1)
    (DATA / "instructions.json").write_text(text + "\n", encoding="utf-8")


def messages(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """E-mail, contracts, statements and posts of pii-anon."""
    wanted = {"en": 110, "de": 40, "fr": 40}
    for locale, most in wanted.items():
        some = (r for r in records if r["lang"] == locale and not _is_log(r) and _of(r) != CLINICAL)
        for record in islice(some, most):
            yield {"id": record["id"], "locale": locale, "body": record["text"]}


def clinical(records: list[dict[str, Any]], corpora: Path) -> Iterator[dict[str, Any]]:
    """Clinical notes: all of One Brave Idea's synthetic notes, and some of pii-anon's."""
    for note in _lines(corpora / "unlabelled" / "obi_synthetic_clinical_notes.jsonl"):
        yield {"note_id": note["meta"]["note_id"], "locale": "en", "note": note["text"]}
    for locale in LOCALES:
        some = (r for r in records if r["lang"] == locale and _of(r) == CLINICAL)
        for record in islice(some, 40):
            yield {"note_id": record["id"], "locale": locale, "note": record["text"]}


def access_log(records: list[dict[str, Any]]) -> Iterator[str]:
    """Log lines of pii-anon, without repetition."""
    seen: set[str] = set()
    for record in records:
        if _is_log(record) and record["lang"] in {"de", "fr"} and len(seen) < 80:
            for line in record["text"].splitlines():
                if line.startswith("[") and line not in seen:
                    seen.add(line)
                    yield line + "\n"


def customers(records: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Synthetic customers; nobody real is meant.

    Names and e-mail addresses stand together in a pii-anon record. Numbers are drawn from a seeded
    generator where check digits hold but nobody was given them: Chinese identity numbers with
    sequence codes 996 to 999 (kept for centenarians), French ones of persons born in the country
    code 990, NHS numbers of the range 999 (kept for tests), IBANs of banks that do not exist.
    German tax numbers have no such range.
    """
    draw = random.Random(SEED)
    number = 10_000
    for locale, country, identity in (
        ("de", "DE", _german),
        ("fr", "FR", _french),
        ("zh", "CN", _chinese),
        ("en", "GB", _british),
    ):
        for name, email in islice(_persons(records, locale), 20):
            number += draw.randint(1, 40)
            born = dt.date(1950, 1, 1) + dt.timedelta(days=draw.randrange(50 * 365))
            yield {
                "customer_id": f"C-{number}",
                "name": name,
                "email": email,
                "phone": _phone(country, draw),
                "date_of_birth": born.isoformat(),
                "national_id": identity(born, draw),
                "iban": _iban(country, draw),
                "country": country,
            }


def legislators(path: Path, corpora: Path) -> None:
    """The members of the 80th United States Congress (1947), none of whom is living."""
    with (corpora / "unlabelled" / "congress_terms.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["congress"] == "80"][:120]
    names = ("bioguide", "firstname", "middlename", "lastname", "suffix", "state", "party")
    columns: dict[str, Any] = {name: [row[name] or None for row in rows] for name in names}
    columns["party"] = pa.array(columns["party"]).dictionary_encode()
    columns["birthday"] = [dt.date.fromisoformat(row["birthday"]) for row in rows]
    columns["termstart"] = [dt.date.fromisoformat(row["termstart"]) for row in rows]
    columns["age"] = [float(row["age"]) for row in rows]
    pq.write_table(pa.table(columns), path, row_group_size=50, compression="zstd")


def instructions(corpora: Path) -> Iterator[dict[str, Any]]:
    """Instruction data: the Chinese and some English conversations, and some tool calls."""
    chats = list(_lines(corpora / "unlabelled" / "v1_sft_demo.jsonl"))
    chinese = [chat for chat in chats if max(json.dumps(chat, ensure_ascii=False)) >= "\u4e00"]
    english = [chat for chat in chats if chat not in chinese]
    for chat in chinese[:34] + english[:40]:
        parts = [(m["role"], m["content"][0]["value"]) for m in chat["messages"]]
        yield {"messages": [{"role": role, "content": text} for role, text in parts]}
    calls = json.loads(
        (corpora / "unlabelled" / "glaive_toolcall_en_demo.json").read_text(encoding="utf-8")
    )
    yield from calls[:20]


CLINICAL = "clinical"


def _pii_anon(corpora: Path) -> Iterator[dict[str, Any]]:
    for name in ("piianon_multi", "piianon_mixed", "piianon_en"):
        for record in _lines(corpora / f"{name}.jsonl"):
            if record["lang"] in LOCALES:
                yield record


def _of(record: dict[str, Any]) -> str:
    return str(record["id"]).split("-")[1]


def _is_log(record: dict[str, Any]) -> bool:
    return bool(record["text"].startswith("[2"))


def _persons(records: list[dict[str, Any]], locale: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for record in records:
        spans = {
            span["label"]: record["text"][span["start"] : span["end"]]
            for span in reversed(record["spans"])
        }
        name, email = spans.get("PERSON", ""), spans.get("EMAIL", "")
        parts = name.replace("Dr. ", "").lower().split()
        related = email and all(part in email.lower() for part in parts)
        if record["lang"] == locale and related and len(parts) == 2 and name not in seen:
            seen.add(name)
            yield name, email


def _phone(country: str, draw: random.Random) -> str:
    mobile = phonenumbers.PhoneNumberType.MOBILE
    number = phonenumbers.example_number_for_type(country, mobile)
    example = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def candidate() -> str:
        return example[:-5] + f"{draw.randrange(10**5):05d}"

    def valid(text: str) -> bool:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, country))

    number = phonenumbers.parse(_until(candidate, valid), country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _german(_: dt.date, draw: random.Random) -> str:
    def candidate() -> str:
        digits = draw.sample("123456789", 1) + [str(draw.randrange(10)) for _ in range(10)]
        return "".join(digits)

    return _until(candidate, idnr.is_valid)


def _french(born: dt.date, draw: random.Random) -> str:
    body = f"{draw.choice('12')}{born:%y%m}99990{draw.randrange(1, 1000):03d}"
    return _until(lambda: body + f"{draw.randrange(1, 98):02d}", nir.is_valid)


def _chinese(born: dt.date, draw: random.Random) -> str:
    # Area codes are only valid for births within the years in which the district existed.
    areas = ("110101", "110105", "310101", "420102", "320102", "370102")

    def candidate() -> str:
        sequence = draw.randrange(996, 1000)
        return f"{draw.choice(areas)}{born:%Y%m%d}{sequence}{draw.choice('0123456789X')}"

    return _until(candidate, ric.is_valid)


def _british(_: dt.date, draw: random.Random) -> str:
    return _until(lambda: f"999{draw.randrange(10**7):07d}", nhs.is_valid)


def _iban(country: str, draw: random.Random) -> str:
    match country:
        case "DE":
            body = f"99999999{draw.randrange(10**10):010d}"
        case "FR":
            account = draw.randrange(10**11)
            key = 97 - (89 * 99999 + 15 * 99999 + 3 * account) % 97
            body = f"9999999999{account:011d}{key:02d}"
        case "GB":
            body = f"ZZZZ{draw.randrange(10**14):014d}"
        case _:
            return ""  # China has no IBAN
    return iban.format(country + iban.calc_check_digits(f"{country}00{body}") + body)


def _until(candidate: Callable[[], str], valid: Callable[[str], bool]) -> str:
    for _ in range(100_000):
        if valid(text := candidate()):
            return text
    raise RuntimeError("no valid number was drawn")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _jsonl(path: Path, records: Iterator[dict[str, Any]]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: make.py CORPORA")
    main(Path(sys.argv[1]))
