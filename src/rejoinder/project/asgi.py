"""What the HTTP server runs: limits first, then Django."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.project.settings")

from rejoinder.project.boot import start_django

start_django(server=True)

# Django is set up by now, and not before.
from django.conf import settings  # noqa: E402

from rejoinder.api.perspective import warming  # noqa: E402
from rejoinder.project.front import application_of, threads  # noqa: E402

application = application_of(threads=threads(settings.CONFIGURATION["REJOINDER_THREADS"]))
warming.begin()
