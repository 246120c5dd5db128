"""Path converters: the day and the address of an Arbeitsmittel or a Weisung, as they stand in our URLs."""

from datetime import date


class DayConverter:
    """2024-01-02; a day that does not exist is no match, so the answer is 404."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class SlugConverter:
    """glf-sc-3.001a, emb-ah-umzug, 202305004, information-202307002; typed from paper also with capital letters."""

    regex = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value
