"""Every page of a centre file and of its log, decrypted one by one, free pages too: what a thief with the key reads.

SQLCipher 4 with a raw key: each page of 4096 bytes ends in 80 reserved ones (16 of IV, 64 of HMAC); what stands before
is AES-256-CBC under the key. The first page begins with 16 bytes of salt. A log has a head of 32 bytes, and each frame
one of 24.
"""

from __future__ import annotations

import _hashlib
import ctypes
from pathlib import Path
from typing import Any

PAGE, RESERVED, SALT, LOG_HEAD, FRAME_HEAD = 4096, 80, 16, 32, 24
_crypto: Any = ctypes.CDLL(_hashlib.__file__)
_crypto.EVP_CIPHER_CTX_new.restype = _crypto.EVP_aes_256_cbc.restype = ctypes.c_void_p


def decrypted(key: bytes, iv: bytes, data: bytes) -> bytes:
    """AES-256-CBC without padding, by the OpenSSL that Python itself uses."""
    context = ctypes.c_void_p(_crypto.EVP_CIPHER_CTX_new())
    out, done = ctypes.create_string_buffer(len(data) + 16), ctypes.c_int()
    cipher = ctypes.c_void_p(_crypto.EVP_aes_256_cbc())
    assert _crypto.EVP_DecryptInit_ex(context, cipher, None, key, iv) == 1
    _crypto.EVP_CIPHER_CTX_set_padding(context, 0)
    assert _crypto.EVP_DecryptUpdate(context, out, ctypes.byref(done), data, len(data)) == 1
    _crypto.EVP_CIPHER_CTX_free(context)
    return out.raw[: done.value]


def page(key: bytes, raw: bytes, first: bool) -> bytes:
    """One page in the clear."""
    iv = raw[PAGE - RESERVED : PAGE - RESERVED + 16]
    return decrypted(key, iv, raw[SALT if first else 0 : PAGE - RESERVED])


def everything(path: Path, key: bytes) -> bytes:
    """All pages of the file, then all frames of its log, in the clear."""
    raw = path.read_bytes()
    found = [page(key, raw[at : at + PAGE], at == 0) for at in range(0, len(raw), PAGE)]
    log = Path(f"{path}-wal")
    frames = log.read_bytes() if log.exists() else b""
    for at in range(LOG_HEAD, len(frames) - PAGE, FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[at : at + 4], "big")
        found.append(page(key, frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE], number == 1))
    return b"".join(found)
