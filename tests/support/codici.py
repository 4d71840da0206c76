"""Codes of the second factor, as the telephone would show them."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

SEED = "JBSWY3DPEHPK3PXP"


def code(ahead: int = 0) -> str:
    """The code that SEED showed half a minute ago, the oldest that is still good; `ahead`: how many codes later."""
    return code_of(SEED, ahead)


def code_of(seed: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(seed, next(iter(yield_hotp_counters_from_time())) + ahead))
