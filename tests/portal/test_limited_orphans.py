"""When the server ends, in whatever way, its children end too; and what a fork of the server may not touch."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.limited.folders import make_folder, remove_folder
from tests.portal.test_limited import lives, wait_until

ROOT = Path(__file__).resolve().parents[2]

# A server with threads; it prints the number of its child and is ended from outside.
SERVER = """
import sys, threading, time
from portal.limited import Limits, Pool
from portal.limited import worker

limits = Limits(seconds=60, memory=500_000_000, result=1000, file_size=1000)
pool = Pool("tests.portal.limited_jobs_by_name.call")
def work(*job):
    pool.run(*job, limits=limits, patience=1)
work("double", (1,))
job = {job}
threading.Thread(target=work, args=job, daemon=True).start()
time.sleep(0.3)
(child,) = worker._workers
print(child.number, child._folder, flush=True)
{end}
"""


def start(job: str, end: str = "time.sleep(60)") -> tuple[subprocess.Popen, int, Path]:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER.format(job=job, end=end)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    number, folder = server.stdout.readline().split()
    return server, int(number), Path(folder)


@pytest.mark.parametrize(
    ("job", "how"),
    [
        ('("double", (1,))', signal.SIGKILL),
        ('("sleep", (60,))', signal.SIGKILL),
        ('("spin", ())', signal.SIGKILL),
        ('("spin_inside_c", ())', signal.SIGKILL),
        ('("spin_inside_c", ())', signal.SIGTERM),
        ('("spin", ())', signal.SIGINT),
    ],
)
def test_no_child_outlives_a_server_that_is_killed(job, how):
    server, number, _ = start(job)
    with server:
        assert lives(number)
        server.send_signal(how)
    wait_until(lambda: not lives(number))


@pytest.mark.parametrize("end", ["", "sys.exit(1)", "import os; os._exit(0)"])
@pytest.mark.parametrize("job", ['("double", (1,))', '("spin", ())'])
def test_no_child_outlives_a_server_that_ends(job, end):
    server, number, _ = start(job, end)
    server.communicate()
    wait_until(lambda: not lives(number))


def test_a_waiting_child_tidies_up_when_its_server_is_killed():
    server, number, folder = start('("double", (1,))')
    with server:
        assert folder.exists()
        server.kill()
    wait_until(lambda: not lives(number) and not folder.exists())


FORKING = """
import os
from portal.limited import Limits, Pool

limits = Limits(seconds=10, memory=500_000_000, result=1000)
pool = Pool("tests.portal.limited_jobs_by_name.call")
def ask(*job):
    return pool.run(*job, limits=limits, patience=1)
mine = ask("number", ())
if not (worker := os.fork()):
    assert ask("number", ()) != mine
    assert ask("double", (2,)) == 4
    pool.close()
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0
assert ask("number", ()) == mine
# What the fork has let go of does not keep the child alive.
if not (worker := os.fork()):
    import time; time.sleep(60)
pool.close()
os.kill(worker, 9)
print(mine, end="")
"""


def test_files_of_a_child_that_was_killed_are_removed_by_the_next_one(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    server, number, folder = start('("spin", ())')
    with server:
        server.kill()
    wait_until(lambda: not lives(number))
    assert list(tmp_path.iterdir()) == [folder]
    other, _, used = start('("sleep", (60,))')
    with other:
        os.utime(used, (0, 0))  # old, and still in use
        make_folder_and_remove_it()
        assert set(tmp_path.iterdir()) == {folder, used}  # the killed one's is too young to tell
        os.utime(folder, (0, 0))
        make_folder_and_remove_it()
        assert list(tmp_path.iterdir()) == [used]
        other.kill()


def make_folder_and_remove_it() -> None:
    folder, lock = make_folder()
    os.close(lock)
    remove_folder(folder)


BUSY = """
import os, threading, time
from portal.limited import Limits, Pool

limits = Limits(seconds=10, memory=500_000_000, result=1000)
pool = Pool("tests.portal.limited_jobs_by_name.call", size=1)
def ask(*job):
    return pool.run(*job, limits=limits, patience=0.5)
thread = threading.Thread(target=ask, args=("sleep", (1.5,)))
thread.start()
time.sleep(0.5)
if not (worker := os.fork()):
    os._exit(ask("double", (2,)))
assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 4
thread.join()
"""


def test_a_fork_does_not_wait_for_the_turn_of_a_thread_that_it_does_not_have():
    done = subprocess.run([sys.executable, "-c", BUSY], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_fork_of_the_server_has_children_of_its_own():
    """gunicorn forks its workers; `manage.py start` has rendered the demo before."""
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-W", "error", "-c", FORKING], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - begin < 5
    assert not lives(int(done.stdout))


AS_NOBODY = "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="Nur root kann ein anderer Benutzer werden")
def test_children_of_an_ordinary_user_work_and_end():
    def run(script: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-c", AS_NOBODY + script]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    # A Python or a clone below a closed folder is root's own affair; in CI on an ordinary image this runs.
    if run("import enum, portal.limited").returncode:
        pytest.skip("Ein anderer Benutzer darf Python oder das Projekt hier nicht lesen")
    done = run(FORKING)
    assert (done.returncode, done.stderr) == (0, "")
