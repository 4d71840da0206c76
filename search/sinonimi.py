"""Words that mean the same, as the network's editors say."""


def sinonimi(lingua: str) -> dict[str, tuple[str, ...]]:
    """By plain word or words (`parole.piana`), what else may be meant: none until editors can write them."""
    return {}
