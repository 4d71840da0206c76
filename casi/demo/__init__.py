"""Invented households for the demo of the reserved area: `carica_casi_demo` writes them, each module one side of them.

The stories lie in `dati`, every date as so many days before the day of loading: the demo always looks alive.
"""
