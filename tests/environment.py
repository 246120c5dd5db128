"""Loaded by pytest before Django's settings: names the environment of the tests."""

import os

os.environ["PORTAL_ENV"] = "test"
# Playwright's synchronous interface runs an event loop in the test's own thread; the ORM calls there are meant.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
