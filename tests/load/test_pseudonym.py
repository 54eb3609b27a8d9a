"""Source IDs become keyed hashes; the key is made once and stays on the site."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import OutcomesError
from pipelines.pseudonym import SALT_FILE, Pseudonym, local_salt


def answer(sql: str, **values: str) -> int:
    with duckdb.connect() as con:
        return int(con.execute(f"SELECT {sql}", values).fetchall()[0][0])


def first_64_bits(digest: bytes) -> int:
    return int.from_bytes(digest[:8])


@pytest.mark.parametrize("text", ["9734", "QX1001", "Zoë 7", "", "x" * 500])
@pytest.mark.parametrize("kind", ["participant", "coach"])
def test_the_hash_is_pythons_hmac(text: str, kind: str) -> None:
    salt = bytes(range(32))
    digest = hmac.new(salt + kind.encode(), text.encode(), hashlib.sha256).digest()
    assert answer(Pseudonym(salt).person("$text", kind), text=text) == first_64_bits(digest)


def test_a_record_key_is_a_salted_hash() -> None:
    salt = bytes(range(32))
    secret = hmac.new(salt, b"system|session", hashlib.sha256).hexdigest()[:32]
    digest = hashlib.sha256(f"{secret}S1".encode()).digest()
    assert answer(Pseudonym(salt).record("system|session", "'S1'")) == first_64_bits(digest)


def test_records_of_two_tables_with_one_number_get_different_keys() -> None:
    names = Pseudonym(bytes(32))
    assert answer(names.record("system|session", "'7'")) != answer(names.record("system|milestone", "'7'"))


def test_participants_and_coaches_with_one_id_get_different_keys() -> None:
    names = Pseudonym(bytes(32))
    assert answer(names.person("'7'", "participant")) != answer(names.person("'7'", "coach"))


def test_the_salt_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    store = tmp_path / "warehouse"
    first = local_salt(store)
    assert len(first.salt) == 32
    assert stat.S_IMODE((store / SALT_FILE).stat().st_mode) == 0o600
    assert local_salt(store) == first
    assert [path.name for path in store.iterdir()] == [SALT_FILE]


def test_two_stores_have_two_salts(tmp_path: Path) -> None:
    assert local_salt(tmp_path / "a") != local_salt(tmp_path / "b")


def test_a_damaged_salt_is_never_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / SALT_FILE).write_bytes(b"short")
    with pytest.raises(OutcomesError, match="salt file is damaged"):
        local_salt(tmp_path)
    assert (tmp_path / SALT_FILE).read_bytes() == b"short"
