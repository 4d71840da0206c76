"""The demo's contents, from catalogo/dati into an empty portal.

Every module has a `carica` that adds what is missing and never touches what is there: it can be run again at any time.
"""
