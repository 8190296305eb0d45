"""What the HTTP server runs: limits first, then Django."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.project.settings")

from rejoinder.project.boot import start_django

start_django(server=True)

from django.core.handlers.asgi import ASGIHandler

from rejoinder.project.intake import Intake
from rejoinder.project.uploads import is_signed_in

application = Intake(ASGIHandler(), is_signed_in=is_signed_in)
