"""Finished public pages kept in memory for anonymous readers (docs/decisions/0007-pagine-anonime-in-memoria.md)."""
