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
