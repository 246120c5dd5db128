"""Work on foreign input in a child process with limits: time, memory, size of the result, no network.

    run_once("portal.docx.reading.read", data, limits=Limits(seconds=20, memory=1_000_000_000, result=2_000_000))

The function is a pure one, named by its dotted name. Its arguments travel as pickle, its result (bytes, or what JSON
knows) never does: the parent does not unpickle what a child wrote that had read foreign input.

The child is a fresh interpreter, never a fork of the threaded server: it inherits no database socket, no lock and none
of the server's secrets (`worker.ENVIRONMENT`). What is guaranteed everywhere: it is killed when its time is over, it
cannot take more memory than allowed, and it does not outlive the server, even when that is killed with signal 9.
Where the kernel permits (root, or user namespaces), it has no network either; `child.shut_in` says more.
"""

from portal.limited.limits import ChildFailed, LimitExceeded, Limits, Reason
from portal.limited.pool import Pool, run_once

__all__ = ["ChildFailed", "LimitExceeded", "Limits", "Pool", "Reason", "run_once"]
