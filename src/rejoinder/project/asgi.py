"""What the HTTP server runs: limits first, then Django."""

from __future__ import annotations

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rejoinder.project.settings")

from rejoinder.project.boot import start_django

start_django(server=True)

# Django is set up by now, and not before.
from django.core.handlers.asgi import ASGIHandler  # noqa: E402

from rejoinder.project.intake import Intake  # noqa: E402
from rejoinder.project.uploads import is_signed_in  # noqa: E402

application = Intake(cast(Any, ASGIHandler()), is_signed_in=is_signed_in)
