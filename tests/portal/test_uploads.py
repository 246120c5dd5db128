"""A file that is too large is counted and let go by, whatever was announced."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.uploads import MAX_UPLOAD, too_large


def sent(size: int):
    request = RequestFactory().post("/", {"datei": SimpleUploadedFile("brief.docx", b"x" * size), "version": "3"})
    return request, request.FILES, request.POST


def test_a_file_up_to_the_limit_comes_through():
    request, files, _ = sent(MAX_UPLOAD)
    assert files["datei"].size == MAX_UPLOAD
    assert not too_large(request, "datei")
    request.close()


def test_a_larger_one_is_kept_nowhere_and_the_rest_of_the_form_is_read():
    request, files, fields = sent(MAX_UPLOAD + 1)
    assert "datei" not in files
    assert too_large(request, "datei")
    assert not too_large(request, "anderes")
    assert fields["version"] == "3"
