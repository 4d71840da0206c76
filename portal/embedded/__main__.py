"""`python3 -m portal.embedded COMMAND`: what the Makefile's targets run. Readable by any Python 3."""

import os
import shutil
import sys

NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def demand_python():
    """Go on with a newer Python of this machine when `python3` is too old; without one, say so and end."""
    if sys.version_info >= (3, 11):  # noqa: UP036
        return
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name, "-m", "portal.embedded", *sys.argv[1:]])
    sys.exit("Serve Python 3.11 o più recente: questo è il %d.%d." % sys.version_info[:2])  # noqa: UP031


if __name__ == "__main__":
    demand_python()
    from portal.embedded.commands import main

    sys.exit(main(sys.argv[1:]))
