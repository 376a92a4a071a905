#!/usr/bin/env python3
"""Run administrative tasks of Cobalog."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    from tracker.keeping import private_umask

    private_umask()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        from tracker.serving.faults import line_of

        sys.exit(line_of(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
