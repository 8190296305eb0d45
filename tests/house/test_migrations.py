from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("rejoinder.")]
    answer = StringIO()
    try:
        call_command("makemigrations", *labels, check=True, dry_run=True, stdout=answer)
    except SystemExit:
        pytest.fail(f"run `manage makemigrations` and read what it wrote:\n{answer.getvalue()}")


@pytest.mark.django_db
def test_django_finds_nothing_to_object_to() -> None:
    call_command("check", fail_level="WARNING", databases=["default"])
