"""What a suspended task holds at a stack depth, and how many exist within a fixed amount of memory."""

import gc
import os
import threading

import held
import lifeline

TASKS = {"python-greenlets": 2_000, "gevent": 2_000, "python-threads": 500, "python-processes": 8}
CAPS = {"python-greenlets": 1_000_000, "gevent": 1_000_000, "python-threads": 20_000, "python-processes": 400}
ROUNDS = 3
WARM_UP_PART = 4
FIRST_BATCH = 8


def measure(mechanism, size, samples, pace):
    suspended = SUSPENDED[mechanism](int(size["depth"]))
    if "withinBytes" in size:
        count(suspended, CAPS[mechanism], int(size["withinBytes"]) * min(1, pace), samples)
    else:
        weigh(suspended, max(1, int(TASKS[mechanism] * pace)), samples)


def weigh(suspended, tasks, samples):
    # Python's allocator keeps what it once had: the first ones fill its pools, so that what follows is growth.
    suspended.start(max(1, tasks // WARM_UP_PART))
    samples.without("heap", held.NO_HEAP)
    for _ in range(ROUNDS):
        before = suspended.held()
        suspended.start(tasks)
        grown = suspended.held().since(before)
        samples.sample("resident", grown.resident / tasks)
        samples.sample("reserved", grown.reserved / tasks)


def count(suspended, cap, limit, samples):
    before = suspended.held()
    suspended.start(FIRST_BATCH)
    made = FIRST_BATCH
    try:
        while made < cap:
            grown = suspended.held().since(before).resident
            if grown >= limit:
                break
            # Half of what seems to fit: few looks, and the last steps are small.
            fitting = int((limit - grown) * made / max(grown, 1) / 2)
            batch = min(cap - made, max(FIRST_BATCH, fitting))
            suspended.start(batch)
            made += batch
        else:
            samples.remark("count", "stopped at the cap of %d: more would fit" % cap)
    except (RuntimeError, MemoryError, OSError) as refused:
        samples.remark("count", "the system refused one more: %s" % refused)
    samples.sample("count", made)


def descend(remaining, a, b, stay):
    """Two values are needed after the inner call, so each frame keeps them, as frames of real code do."""
    if remaining <= 1:
        stay()
        return 1
    below = descend(remaining - 1, (a * 31 + b) & 0xFFFFFFFF, b ^ a, stay)
    return below + a - b


class Greenlets:
    """Each switches back to the worker from its depth."""

    def __init__(self, depth):
        from greenlet import getcurrent, greenlet

        self._depth = depth
        self._new = greenlet
        self._stay = getcurrent().switch
        self._tasks = []

    def start(self, tasks):
        for _ in range(tasks):
            task = self._new(descend)
            task.switch(self._depth, self._depth + 1, 1, self._stay)
            self._tasks.append(task)

    def held(self):
        gc.collect()
        return held.now()


class Gevent:
    """Each waits for an event that never comes."""

    def __init__(self, depth):
        import gevent
        from gevent.event import Event

        self._depth = depth
        self._gevent = gevent
        self._stay = Event().wait
        self._tasks = []

    def start(self, tasks):
        self._tasks += [
            self._gevent.spawn(descend, self._depth, self._depth + 1, 1, self._stay) for _ in range(tasks)
        ]
        self._gevent.sleep(0)

    def held(self):
        gc.collect()
        return held.now()


class Threads:
    """Each waits for a lock that is never released."""

    def __init__(self, depth):
        self._depth = depth
        self._never = threading.Lock()
        self._never.acquire()

    def start(self, tasks):
        arrived = threading.Semaphore(0)

        def stay():
            arrived.release()
            self._never.acquire()

        for _ in range(tasks):
            threading.Thread(target=descend, args=(self._depth, self._depth + 1, 1, stay), daemon=True).start()
        for _ in range(tasks):
            arrived.acquire()

    def held(self):
        gc.collect()
        return held.now()


class Processes:
    """Each waits in a forked process; pages that it still shares with the worker are counted once."""

    def __init__(self, depth):
        self._depth = depth
        self._children = []

    def start(self, tasks):
        arrivals, arrived = os.pipe()
        for _ in range(tasks):
            child = os.fork()
            if child == 0:
                self._stay(arrived)
            self._children.append(child)
        os.close(arrived)
        for _ in range(tasks):
            if not os.read(arrivals, 1):
                raise OSError("a forked process ended before it was suspended")
        os.close(arrivals)

    def _stay(self, arrived):
        def stay():
            os.write(arrived, b"x")
            lifeline.await_end()

        try:
            lifeline.in_child(watched=False)
            descend(self._depth, self._depth + 1, 1, stay)
        finally:
            # Never back into the worker's own code, of which this process holds a copy.
            os._exit(0)

    def held(self):
        return held.now(self._children)


SUSPENDED = {"python-greenlets": Greenlets, "gevent": Gevent, "python-threads": Threads, "python-processes": Processes}
