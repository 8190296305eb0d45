"""Pictures from the media folder. Whatever was uploaded, it runs nothing and is shown as what it is.

A drawing (SVG) can hold scripts: in an <img> they do not run, and opened by itself the file is sandboxed.
Photographs as uploaded keep what the camera wrote into them, the place included: readers get renditions.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rejoinder.core.errors import NotFound

# Only these are pictures; a file of another kind is not served, however it came into the folder.
KINDS: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_SANDBOX: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"
)
# A rendition's name holds a digest of what it was made from, an original's never comes twice.
_KEPT: Final = "public, max-age=2592000, immutable"
ORIGINALS: Final = "original_images"


def _nothing() -> NotFound:
    return NotFound(_("There is no file at this address."))


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """One picture. Raises NotFound for all else, and for photographs as uploaded unless the desk asks."""
    name = PurePosixPath(path)
    kind = KINDS.get(name.suffix.lower())
    if kind is None or ".." in name.parts or name.is_absolute() or "\x00" in path or "\\" in path:
        raise _nothing()
    private = name.parts[0] == ORIGINALS and kind != "image/svg+xml"
    if private and not request.user.has_perm("wagtailadmin.access_admin"):
        raise _nothing()
    try:
        stored = default_storage.open(str(name), "rb")
    except (FileNotFoundError, IsADirectoryError):
        raise _nothing() from None
    response = FileResponse(stored, content_type=kind)
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private" if private else _KEPT
    response["Content-Disposition"] = "inline"
    return response
