"""Times of one thing done many times over, in milliseconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append((time.perf_counter() - start) * 1000)


def summary(values: list[float]) -> dict[str, float]:
    return {"p50_ms": round(median(values), 2), "p95_ms": round(quantiles(values, n=20)[-1], 2)}
