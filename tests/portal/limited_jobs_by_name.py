"""One function for a pool that does what the test asks for."""

from tests.portal import limited_jobs


def call(name: str, arguments: tuple):
    return getattr(limited_jobs, name)(*arguments)
