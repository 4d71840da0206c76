"""How many queries each page costs: `python -m bench.interrogazioni PATH…` prints them as JSON, {path: number}."""

import json
import sys

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def count(paths: list[str]) -> dict[str, int]:
    client = Client(SERVER_NAME="localhost")
    found = {}
    for path in paths:
        client.get(path)  # what is read once per process is no cost of the page
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path] = len(queries)
        if "-v" in sys.argv:
            print(path, *(f"  {query['time']} {query['sql'][:1500]}" for query in queries), sep="\n", file=sys.stderr)
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(count([path for path in sys.argv[1:] if path.startswith("/")])))
