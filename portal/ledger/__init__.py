"""The record that nobody alters unseen: what the database refuses, and the hash chain over all history.

`guards` are the triggers that refuse, `chain` those that enter every history row into the chain and refuse a commit
without history, `model` the chain itself, `verify` what proves it, `anchor` its head, kept outside.
"""

from portal.ledger.chain import Chained, CommitGuard, TrueAtOnce, audited
from portal.ledger.guards import Frozen, Guard, Refusal, append_only, never_deleted

__all__ = [
    "Chained",
    "CommitGuard",
    "Frozen",
    "Guard",
    "Refusal",
    "TrueAtOnce",
    "append_only",
    "audited",
    "never_deleted",
]
