"""Who may do what with a Fassung, and how the pages find it."""

from django.shortcuts import get_object_or_404

from arbeitsmittel.models import Fassung
from portal.workplace import rights_over, with_people

SEE_DRAFTS = rights_over(Fassung)
WRITE, START, RELEASE, RUSH, AUDIT = SEE_DRAFTS


def fassung_or_404(pk: int) -> Fassung:
    """Return a Fassung, whatever its state, with what every page says about it."""
    return get_object_or_404(with_people(Fassung.objects.select_related("arbeitsmittel")), pk=pk)
