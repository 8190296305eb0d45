"""What goes wrong, as clients of Google's services know it (google.rpc.Status, and the details of v1alpha1)."""

from __future__ import annotations

from typing import Any

Details = dict[str, Any]

_TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


class Wrong(Exception):
    """An answer that is an error. Its sentences go to programs and are of the format: they are not translated."""

    def __init__(
        self,
        message: str,
        *,
        code: int = 400,
        status: str = "INVALID_ARGUMENT",
        details: Details | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.status, self.details = code, status, details
        self.retry_after: int | None = None

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        error = {"code": self.code, "message": str(self), "status": self.status}
        return {"error": error | ({"details": [self.details]} if self.details else {})}


def invalid(message: str, kind: str = "INVALID_REQUEST", **more: Any) -> Wrong:
    """A request that cannot be answered. `kind`: its errorType."""
    return Wrong(message, details={"@type": _TYPE, "errorType": kind} | more)


def empty() -> Wrong:
    return invalid("Comment must be non-empty.", "COMMENT_EMPTY")


def too_long() -> Wrong:
    return invalid("Comment text too long.", "COMMENT_TOO_LONG")


def no_attributes() -> Wrong:
    return invalid("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES")


def undetected() -> Wrong:
    return invalid("Unable to detect language", "LANGUAGE_DETECTION_FAILED")


def not_spoken(attribute: str, *, detected: str) -> Wrong:
    """Nobody has told this site's model anything about a language."""
    said = {"detectedLanguages": [detected], "attribute": attribute}
    return invalid(
        f"Attribute {attribute} does not support request languages: {detected}",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError=said,
    )


def no_key() -> Wrong:
    return Wrong(
        "Method doesn't allow unregistered callers. Please use an API key: ?key=KEY or the header X-Goog-Api-Key.",
        code=403,
        status="PERMISSION_DENIED",
    )


def bad_key() -> Wrong:
    """A key that was never given out, and one that was taken back: nobody is told which."""
    details = {"@type": _INFO, "reason": "API_KEY_INVALID", "domain": "rejoinder"}
    return Wrong("API key not valid. Please pass a valid API key.", details=details)


def over_quota(most: int, retry_after: int) -> Wrong:
    details = {
        "@type": _INFO,
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "rejoinder",
        "metadata": {"quota_limit_value": str(most), "quota_unit": "1/min"},
    }
    wrong = Wrong(
        f"Quota exceeded: {most} requests a minute for this key.",
        code=429,
        status="RESOURCE_EXHAUSTED",
        details=details,
    )
    wrong.retry_after = retry_after
    return wrong


def not_there(retry_after: int) -> Wrong:
    """The model, or the database, is away for now."""
    wrong = Wrong("The service is currently unavailable.", code=503, status="UNAVAILABLE")
    wrong.retry_after = retry_after
    return wrong


def not_installed() -> Wrong:
    return Wrong(
        "Assist is not installed on this server: pip install 'rejoinder[assist]'",
        code=503,
        status="UNAVAILABLE",
    )


def switched_off() -> Wrong:
    return Wrong("Assist is switched off for this site.", code=403, status="PERMISSION_DENIED")


def no_method() -> Wrong:
    return Wrong("Send it by POST.", code=405, status="UNIMPLEMENTED")


def fault() -> Wrong:
    return Wrong("Internal error encountered.", code=500, status="INTERNAL")
