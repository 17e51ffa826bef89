"""Leaves nothing behind: a worker ends when the lab does, and the processes it forked end when it does."""

import os
import signal
import threading

_PARENT_GONE = 75

_to_end, _open_while_we_live = os.pipe()


def watch():
    """Ends this process when its standard input ends. Call it before anything is patched by gevent."""
    # Ctrl-C reaches the whole group; the lab says what happened, a traceback of each worker would not help.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_exit_at_end_of, args=(0,), daemon=True).start()


def in_child(watched=True):
    """To be called first in a forked process. Unwatched ones end by themselves, or by await_end."""
    # As long as any child held this end, no child would see the pipe's end.
    os.close(_open_while_we_live)
    if watched:
        threading.Thread(target=_exit_at_end_of, args=(_to_end,), daemon=True).start()


def await_end():
    """In a forked process: suspended until the worker ends."""
    os.read(_to_end, 1)


def _exit_at_end_of(pipe):
    while os.read(pipe, 4096):
        pass
    os._exit(_PARENT_GONE)
