"""Start Django for a command. Kept apart so that `rejoinder --help` need not wait for it."""

from __future__ import annotations

import os

SETTINGS = "rejoinder.project.settings"


def start_django(*, server: bool = False) -> None:
    """Settings, apps and logging are ready afterwards. A server tells of each request; a command of trouble only.

    Raises ConfigurationError for a setting that cannot be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.conf import settings

    from rejoinder.project import logs

    configuration = getattr(settings, "CONFIGURATION", None)
    logs.configure(
        configuration["REJOINDER_LOG"] if configuration else "text", "INFO" if server else "WARNING"
    )
    django.setup()


def start_on_database() -> None:
    """As `start_django`, and there is a database of this version: the first command of a new installation makes it.

    Raises ConfigurationError too for a data folder that cannot be written and for a database of an older version.
    """
    from rejoinder.project.folder import data_folder

    folder = data_folder()
    start_django()
    from rejoinder.project.migrate import make_if_empty
    from rejoinder.project.terminal import note

    make_if_empty(folder, tell=note)
