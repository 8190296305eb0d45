from rejoinder.accounts.models.commenter import MAX_NAME, Commenter, Role
from rejoinder.accounts.models.people import Erasure, Mute, NameChange
from rejoinder.accounts.models.programs import ProgramKey
from rejoinder.accounts.models.session import Authorship, Identity, OneTimeCode, Session, UsedToken
from rejoinder.accounts.models.site import Origin, Site

__all__ = [
    "MAX_NAME",
    "Authorship",
    "Commenter",
    "Erasure",
    "Identity",
    "Mute",
    "NameChange",
    "OneTimeCode",
    "Origin",
    "ProgramKey",
    "Role",
    "Session",
    "Site",
    "UsedToken",
]
