"""The project's pictures: they know who took them."""

from __future__ import annotations

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Photograph(AbstractImage):  # type: ignore[misc]
    taken_by = models.CharField(max_length=80, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "taken_by")


class PhotographRendition(AbstractRendition):  # type: ignore[misc]
    image = models.ForeignKey(Photograph, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
