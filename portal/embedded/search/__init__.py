"""Elasticsearch and OpenSearch for tests and demo: fetched, made ready, started, stopped; standard library only."""
