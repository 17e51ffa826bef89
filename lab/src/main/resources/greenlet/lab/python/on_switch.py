"""Time to hand control over to another task and back, and what the operating system spends on a hand-over."""

import os
import pickle
import threading

import lifeline
import spent
import timing

HAND_OVERS = 2


def measure(mechanism, size, samples, pace):
    run, counters = PARTNERS[mechanism]()
    for done in timing.rounds(run, pace, counters):
        samples.sample("round-trip", done.nanos / done.operations)
        samples.sample("cpu", done.cost.cpu_nanos / done.operations / HAND_OVERS)
        samples.sample("os-switches", done.cost.switches / done.operations / HAND_OVERS)


def greenlets():
    """Two greenlets that switch to each other, a value each way."""
    from greenlet import getcurrent, greenlet

    us = getcurrent()

    def answer(heard):
        while True:
            heard = us.switch(heard)

    over = greenlet(answer).switch

    def run(times):
        for _ in timing.times(times):
            over(run)

    return run, spent.now


def gevent_greenlets():
    """Two gevent greenlets that wake each other and wait: the same as for threads, with gevent's own semaphore."""
    import gevent
    from gevent.lock import Semaphore

    ours, theirs = Semaphore(0), Semaphore(0)

    def answer():
        while True:
            theirs.acquire()
            ours.release()

    gevent.spawn(answer)
    return _over_and_back(theirs.release, ours.acquire), spent.now


def threads():
    """Two threads that wake each other and wait, with the plainest lock that Python has."""
    ours, theirs = threading.Lock(), threading.Lock()
    ours.acquire()
    theirs.acquire()

    def answer():
        while True:
            theirs.acquire()
            ours.release()

    threading.Thread(target=answer, daemon=True).start()
    return _over_and_back(theirs.release, ours.acquire), spent.now


def processes():
    """This process and a forked one pass a byte through two pipes."""
    there, to_child = os.pipe()
    back, to_parent = os.pipe()
    if os.fork() == 0:
        lifeline.in_child()
        os.close(to_child)
        os.close(back)
        _echo(there, to_parent)
    os.close(there)
    os.close(to_parent)

    def run(times):
        for _ in timing.times(times):
            os.write(to_child, b"x")
            os.read(back, 1)

    def counters():
        os.write(to_child, b"?")
        return spent.now().plus(pickle.loads(os.read(back, 4096)))

    return run, counters


def _echo(there, to_parent):
    try:
        while True:
            heard = os.read(there, 1)
            if not heard:
                break
            os.write(to_parent, pickle.dumps(spent.now()) if heard == b"?" else heard)
    finally:
        # Never back into the worker's own code, of which this process holds a copy.
        os._exit(0)


def _over_and_back(wake_them, wait):
    def run(times):
        for _ in timing.times(times):
            wake_them()
            wait()

    return run


PARTNERS = {
    "python-greenlets": greenlets,
    "gevent": gevent_greenlets,
    "python-threads": threads,
    "python-processes": processes,
}
