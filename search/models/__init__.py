"""One file per object of the search; import them from here."""

from .voce import ParolaNota, VoceIndice

__all__ = ["ParolaNota", "VoceIndice"]
