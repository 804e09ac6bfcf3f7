"""Personal numbers at rest: AES-GCM for the value, HMAC for equality search. Keys rotate."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE = 12


@cache
def _keys() -> tuple[bytes, ...]:
    keys = tuple(base64.urlsafe_b64decode(key) for key in settings.FIELD_ENCRYPTION_KEYS)
    if not keys or any(len(key) != 32 for key in keys):
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEY must list urlsafe base64 keys of 32 bytes")
    return keys


@cache
def _ciphers() -> dict[bytes, AESGCM]:
    return {_key_id(key): AESGCM(key) for key in _keys()}


@cache
def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key-id" + key).digest()[:2]


@cache
def _index_key() -> bytes:
    # The oldest key of the list: new keys are put in front, so the search index survives a rotation.
    return hashlib.sha256(b"search-index" + _keys()[-1]).digest()


def encrypt(text: str) -> bytes:
    """Key id (2 bytes), nonce (12), ciphertext with tag. Empty text stays empty."""
    if not text:
        return b""
    key_id = _key_id(_keys()[0])
    nonce = os.urandom(_NONCE)
    return key_id + nonce + _ciphers()[key_id].encrypt(nonce, text.encode(), None)


def decrypt(data: bytes | memoryview) -> str:
    """The text again; InvalidTag when the data was tampered with, KeyError when its key is gone."""
    data = bytes(data)
    if not data:
        return ""
    key_id, nonce, body = data[:2], data[2 : 2 + _NONCE], data[2 + _NONCE :]
    return _ciphers()[key_id].decrypt(nonce, body, None).decode()


def fingerprint(text: str) -> str:
    """HMAC of a number for equality search, 32 hex characters; empty for empty text."""
    if not text:
        return ""
    return hmac.new(_index_key(), text.encode(), hashlib.sha256).hexdigest()[:32]


def token_hash(token: str) -> str:
    """What is stored of an API token or a one-time code."""
    return hmac.new(settings.SECRET_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()
