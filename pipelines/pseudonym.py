"""Keyed hashes in place of source IDs, with a salt that never leaves the site (data-model.md R1)."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import OutcomesError
from pipelines.private import private_folder

SALT_FILE = "salt.key"
_BLOCK = 64  # SHA-256 block size in bytes (RFC 2104)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Builds SQL that hashes text with the local salt; the salt is never written into a warehouse."""

    salt: bytes

    def person(self, text: str, kind: str = "participant") -> str:
        """Return SQL for HMAC-SHA256 (RFC 2104) of a text expression, cut to its first 64 bits."""
        key = (self.salt + kind.encode()).ljust(_BLOCK, b"\0")[:_BLOCK]
        inner, outer = _blob(bytes(b ^ 0x36 for b in key)), _blob(bytes(b ^ 0x5C for b in key))
        return _first_64_bits(f"sha256({outer} || unhex(sha256({inner} || encode({text}))))")

    def record(self, scope: str, text: str) -> str:
        """Return SQL for the key of a record of one `scope` (system and table): salted SHA-256 cut to 64 bits.

        A record number names no person, and there are as many as rows: one hash pass, not two, and a secret of
        128 bits derived for the scope, so that secret and number fit one block of SHA-256. Cutting the digest to a
        quarter keeps the secret prefix safe from length extension.
        """
        secret = hmac.new(self.salt, scope.encode(), hashlib.sha256).hexdigest()[:32]
        return _first_64_bits(f"sha256('{secret}' || {text})")


def _first_64_bits(digest: str) -> str:
    return f"('0x' || left({digest}, 16))::UBIGINT"


def local_salt(folder: Path) -> Pseudonym:
    """Read the salt of a store, making it on first use (32 random bytes, readable by its owner alone)."""
    path = folder / SALT_FILE
    if not path.exists():
        private_folder(folder)
        _make_salt(path)
    salt = path.read_bytes()
    if len(salt) != 32:
        raise OutcomesError(
            str(path), "the salt file is damaged.", "Restore it from a backup; without it people get new keys."
        )
    return Pseudonym(salt)


def _make_salt(path: Path) -> None:
    """Write the salt beside its place and move it there whole: a load killed meanwhile leaves none, not half of one.

    Loads hold the lock of the store, so no two make a salt at the same time.
    """
    temporary = path.with_name(f"{SALT_FILE}.{secrets.token_hex(4)}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _blob(data: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in data) + "'::BLOB"
