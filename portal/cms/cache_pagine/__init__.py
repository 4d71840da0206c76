"""Finished public pages kept in memory for anonymous readers (docs/decisions/0008-pagine-anonime-in-memoria.md)."""
