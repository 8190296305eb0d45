"""What every installation must be able to do, walked through in a process of its own.

    python -m tests.projects.walk tests.projects.django_host

The named package has `settings` and `life.begin() -> str`: make a site and give the address of a page that has a
discussion. It may have `further() -> dict`: what else it finds there. Prints what was found as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any


def main(package: str) -> None:
    importlib.import_module(f"{package}.before")
    os.environ["DJANGO_SETTINGS_MODULE"] = f"{package}.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("check", fail_level="WARNING")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    life = importlib.import_module(f"{package}.life")
    address = life.begin()
    print(json.dumps({**_visit(address), **getattr(life, "further", dict)()}))


def _visit(address: str) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client
    from lxml import html

    guest = Client(HTTP_HOST="localhost", HTTP_SEC_FETCH_SITE="same-origin")
    first = guest.get(address)
    tree = html.fromstring(first.content)
    (form,) = tree.xpath("//section[@id='discussion']//form[.//textarea]")
    typed = {field.get("name"): field.get("value", "") for field in form.xpath(".//input[@name]")}
    posted = guest.post(form.get("action"), {**typed, "name": "Leena", "body": "By *whose* chart?"})
    again = Client(HTTP_HOST="localhost").get(address)
    (reply,) = html.fromstring(again.content).xpath("//a[@data-reply]/@href")
    answered = guest.get(reply).content.decode()
    return {
        "page": first.status_code,
        "posted": posted.status_code,
        "shown": "By <em>whose</em> chart?" in again.content.decode(),
        "answered": "By <em>whose</em> chart?" in answered,
        "own_template": "data-house" in answered,
        "cookies": sorted(again.cookies),
        "user": settings.AUTH_USER_MODEL,
        "wagtail": "wagtail" in sys.modules and sys.modules["wagtail"] is not None,
    }


if __name__ == "__main__":
    main(sys.argv[1])
