"""What a file must be to become part of a case: of a known kind by name and by content, harmless, and clean.

Sources: security.md §3 (uploads), ASVS 5.0 5.2 and 14.2.8. Nothing is trusted of what the browser says of it.
"""

from casi.caricamento.ammissione import LARGEST, TIPI, Ammesso, admit

__all__ = ["LARGEST", "TIPI", "Ammesso", "admit"]
