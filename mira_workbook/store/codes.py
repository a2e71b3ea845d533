"""Codes people type, secrets that links carry, and the hashes of them that are kept."""

import hashlib
import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Capital letters and digits without 0 O 1 I L, which people mistake for each other."""
CODE_LENGTH = 6


def new_code() -> str:
    """Draw a meeting's code: six characters, 887 million possibilities."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """Bring a typed code to its kept form: capitals, no dashes, no spaces."""
    return "".join(c for c in typed.upper() if c.isalnum())


def shown_code(code: str) -> str:
    """Spell a code as people read it aloud: `K7M-4QX`."""
    plain = plain_code(code)
    return f"{plain[:3]}-{plain[3:]}" if len(plain) == CODE_LENGTH else plain


def new_secret() -> str:
    """Draw a secret of 128 bits, spelled for a web address."""
    return secrets.token_urlsafe(16)


def hashed(secret: str) -> str:
    """The sha256 of a secret. Enough without salt or stretching, because 128 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def anonymous_author(secret: str, member_key: str) -> str:
    """The name under which a member's anonymous answers are kept while the step is open."""
    return hmac.new(bytes.fromhex(secret), member_key.encode(), "sha256").hexdigest()
