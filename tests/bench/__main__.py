"""`python -m tests.bench`: the whole measurement, in German, on one screen."""

import os
import signal
import sys
from typing import Any

import psycopg

from portal.database import DatabaseUnavailable, ensure_running
from tests.bench.databases import EMPTY, bench_databases, leave
from tests.bench.environment import BenchFailed, enter


def main() -> int:
    """Measure and print; return the exit status."""
    signal.signal(signal.SIGTERM, _leave)  # so that servers and databases are cleared away then, too
    try:
        ensure_running()
        server = enter(EMPTY)
        with bench_databases(server) as databases:
            _measure(databases, server)
    except (DatabaseUnavailable, BenchFailed) as fault:
        return _refused(str(fault))
    except psycopg.Error as fault:  # of the connection that makes databases; Django's has errors of its own
        return _refused(f"Die Datenbank lässt keine Messung zu: {fault}")
    except KeyboardInterrupt:
        return _refused("Abgebrochen, alles ist aufgeräumt.")
    return 0


def _measure(*arguments: Any) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    django.setup()
    from tests.bench.measuring import measure  # knows models, so it comes after the set-up

    try:
        print(measure(*arguments))
    finally:
        leave()


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _leave(*_: Any) -> None:
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
