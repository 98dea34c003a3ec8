"""Bytes into text: what is not text is refused, and a guessed encoding is told."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from communique.errors import NotText

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"{\\rtf", "an RTF document"),
)
# Only encodings in which English-language reports are met; the whole list lets short texts pass for Chinese.
_LIKELY = ["cp1252", "mac_roman", "cp1250", "cp1251", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_WESTERN = frozenset(b"\x80\x82\x84\x85\x91\x92\x93\x94\x96\x97\xa0\xa3\xab\xb0\xb4\xbb")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of these bytes and notes on how it was had.

    A byte order mark decides, then UTF-8, then the declared encoding, then what the bytes look like. The text keeps
    every character, newlines as they were; only the byte order mark is left out, which is not part of the text.
    Raises NotText for documents, pictures, archives and other binary data.
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise NotText(where, f"not text but {kind}")
    text, notes = _decoded(data, where, declared)
    return checked(text, where), notes


def checked(text: str, where: str) -> str:
    """Return the text; raise NotText if it holds NULs or is full of control characters."""
    if "\0" in text:
        raise NotText(where, f"not text: it holds a NUL (character {text.index(chr(0))})")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > max(3, len(text) // 100):
        raise NotText(where, f"not text: {controls} control characters in {len(text)}")
    return text


def likely_encoding(data: bytes) -> str | None:
    """Return the encoding that these bytes, which are no UTF-8, look most like; None where they look like no text."""
    return _likely(data)


def _decoded(data: bytes, where: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = body.decode(encoding, "replace")
            # A character cut in half at the end of the file is damage as much as one in the middle.
            damage = text.count("\ufffd") - _encoded_count("\ufffd", encoding, body)
            return text, (f"damaged {encoding}: {damage} characters lost",) if damage > 0 else ()
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), (f"read as {wide}, which it does not say",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise NotText(where, f"not text: it holds a NUL (byte {data.index(0)})") from None
        return _guessed(data, where, error.start, declared)


def _encoded_count(character: str, encoding: str, data: bytes) -> int:
    return data.count(character.encode(encoding))


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: in English every second byte is then NUL."""
    if len(data) < 8 or len(data) % 2:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guessed(data: bytes, where: str, first_bad: int, declared: str | None) -> tuple[str, tuple[str, ...]]:
    lying = f"not UTF-8 (byte {first_bad})"
    # Mostly sound UTF-8 with a few broken places is damaged UTF-8, not another encoding.
    patched = data.decode("utf-8", "replace")
    sound = sum(1 for _ in _MULTIBYTE.finditer(data))
    lost = patched.count("\ufffd")
    if sound >= 3 * lost:
        return patched, (f"{lying}: {lost} characters lost",)
    if declared:
        try:
            return data.decode(declared), (f"{lying}, read as {declared} as declared",)
        except (LookupError, ValueError):  # punycode and its like raise no UnicodeDecodeError
            pass
    encoding = _likely(data)
    if encoding is None:
        raise NotText(where, f"not text: {lying}, nor any other encoding known here")
    return data.decode(encoding, "replace"), (f"{lying}, read as {encoding}",)


def _likely(data: bytes) -> str | None:
    # Few bytes beyond ASCII, all of them Windows quotation marks, dashes and the like, or single accented letters.
    high = [byte for byte in data if byte >= 0x80]
    if len(high) < 0.2 * len(data):
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            if sum(1 for byte in high if byte in _WESTERN or byte >= 0xC0) >= 0.9 * len(high):
                return "cp1252"
    best = from_bytes(data[:200_000], cp_isolation=_LIKELY).best()
    return best.encoding if best else None
