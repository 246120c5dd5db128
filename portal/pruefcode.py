"""The short code on a certificate. Pure."""

import hashlib
import json
from collections.abc import Mapping

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody takes them for 1 and 0, or reads a word
GROUPS, GROUP = 4, 4


def check_code(facts: Mapping[str, str]) -> str:
    """Return the code of some facts, "7Q2M-0KX4-9DAB-V31C": the same for the same facts, in whatever order.

    The first 80 bits of the SHA-256 over the facts as JSON (names sorted, no spaces, UTF-8), five bits a character.
    It holds no secret: a code is checked by making it again from what the portal itself has stored, so whoever alters
    a certificate would have to alter the portal.
    """
    text = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    bits = int.from_bytes(hashlib.sha256(text.encode()).digest()[:10], "big")
    characters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(GROUPS * GROUP)))
    return "-".join(characters[start : start + GROUP] for start in range(0, len(characters), GROUP))
