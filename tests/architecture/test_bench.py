"""The benchmarks run rarely: that each can at least start is seen at every run of the tests."""

import subprocess
import sys

from tests.support.sources import ROOT


def test_every_module_is_imported_without_django():
    names = [f"bench.{file.stem}" for file in sorted((ROOT / "bench").glob("[a-z]*.py"))]
    assert len(names) > 10
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    command = [sys.executable, "-c", code, *names]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert not done.returncode, done.stderr
