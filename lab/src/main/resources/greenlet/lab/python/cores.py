"""Pins this process to some of the processors that it may use."""

import os


def count():
    """How many this process may use; 0 where the system does not tell."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def pin(wanted):
    """Pins it, and the threads and processes that it starts from now on; returns why that was not possible, or None."""
    if not hasattr(os, "sched_setaffinity"):
        return "this system does not tell which there are"
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < wanted:
        return "there are only %d" % len(allowed)
    try:
        os.sched_setaffinity(0, allowed[:wanted])
    except OSError as refused:
        return "the system refused: %s" % refused
    return None
