#!/usr/bin/env python3
"""Prints vectors.txt: what libsodium (Debian: libsodium23) encrypts. The same each time.

Each line: algorithm, key of who encrypts, key of who decrypts, text, and nonce, tag and ciphertext; in Base64.
"""
import base64
import ctypes
import ctypes.util
import hashlib

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
assert sodium.sodium_init() >= 0


def some(label, count):
    return hashlib.shake_256(label.encode()).digest(count)


def text(count):
    letters = "aZ0 \u00e4\u20ac\U0001F511\n"
    out = b""
    for byte in some("text %d" % count, 4 * count + 4):
        letter = letters[byte % len(letters)].encode()
        if len(out) + len(letter) <= count:
            out += letter
    return out


def public(private):
    out = ctypes.create_string_buffer(32)
    assert sodium.crypto_scalarmult_base(out, private) == 0
    return out.raw


def line(algorithm, sender, receiver, plain, nonce, sealed):
    cells = [sender, receiver, plain, nonce + sealed]
    print(algorithm, *[base64.b64encode(cell).decode() or "-" for cell in cells])


for count in [0, 1, 7, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129, 255, 256, 1000]:
    plain = text(count)
    out = ctypes.create_string_buffer(len(plain) + 16)
    length = ctypes.c_ulonglong(len(plain))

    key = some("key %d" % count, 32)
    nonce = some("nonce of secretbox %d" % count, 24)
    assert sodium.crypto_secretbox_easy(out, plain, length, nonce, key) == 0
    line("nacl-secretbox", key, key, plain, nonce, out.raw)

    one, other = some("one %d" % count, 32), some("other %d" % count, 32)
    nonce = some("nonce of box %d" % count, 24)
    assert sodium.crypto_box_easy(out, plain, length, nonce, public(other), one) == 0
    line("nacl-box", one + public(other), other + public(one), plain, nonce, out.raw)
