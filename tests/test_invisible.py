"""Drafts, what is under check, thrown away or under embargo: as if it were not there, in every channel (domain rule 7).

Every address of the portal is asked before and after the hidden rows are made: the answers are the same, byte for byte.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import Freigabe, FreigabeQuerySet, approve, discard, return_to_author, submit, withdraw
from portal.roles import ROLES
CHOOSER_PATHS = {f"/revision/vergleich/?von={name}" for name in ("3.100", "3.200", "202305004", "202305077")}
