"""The one exception of the package; it stands alone because server and child both know it."""


class DocxRefused(ValueError):
    """A file that is not read; the message is one German sentence fit for the user."""


def damaged() -> DocxRefused:
    """Return the refusal of a file that breaks its own format."""
    return DocxRefused("Die Datei ist beschädigt oder unvollständig; bitte in Word öffnen und neu speichern.")
