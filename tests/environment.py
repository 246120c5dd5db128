"""Loaded by pytest before Django's settings: names the environment, and makes missing parts a failure in CI."""

import os

os.environ["PORTAL_ENV"] = "test"
