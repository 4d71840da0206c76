"""How fast the public pages are: `make bench`, or `python -m bench --help`. How to read it: docs/misure.md."""
