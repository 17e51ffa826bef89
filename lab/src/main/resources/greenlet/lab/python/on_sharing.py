"""Updates lost by tasks that share a counter without a lock, with and without a hidden blocking call; and what a lock costs."""

import queue
import threading

import crew

UPDATES = 100_000
BLOCKING_UPDATES = 300
ROUNDS = 3
TARGET_NANOS = 20_000_000
PILOT = 500
NO_LOCK = "the greenlet package has no lock: between two switches, all of them explicit, nothing else runs"


def measure(mechanism, size, samples, pace):
    tasks = int(size["tasks"])
    platform = PLATFORMS[mechanism]()
    updates, blocking = max(1, int(UPDATES * pace)), max(1, int(BLOCKING_UPDATES * pace))
    cost = UpdateCost(platform.crew, TARGET_NANOS * pace)
    cost.nanos_each(1, Counter().add)
    for _ in range(ROUNDS):
        measure_costs(platform, cost, tasks, samples)
        samples.sample("lost-updates", lost(platform.crew, tasks, updates, Counter.add))
        samples.sample("lost-updates-blocking", lost_around_a_call(platform, tasks, blocking))
    samples.remark(
        "lost-updates",
        "of %d, each made of read() and write(); with a plain += instead %d are lost"
        % (tasks * updates, lost(platform.crew, tasks, updates, Counter.add_in_one_expression)),
    )


def measure_costs(platform, cost, tasks, samples):
    bare = cost.nanos_each(1, Counter().add)
    samples.sample("update-unlocked", bare)
    if platform.new_lock is None:
        for metric in ("lock-uncontended", "lock-contended", "lock-overhead"):
            samples.without(metric, NO_LOCK)
        return
    samples.sample("lock-uncontended", cost.nanos_each(1, locked(Counter(), platform.new_lock())))
    contended = cost.nanos_each(tasks, locked(Counter(), platform.new_lock()))
    samples.sample("lock-contended", contended)
    samples.sample("lock-overhead", contended / bare)


class Counter:
    """Not safe to share."""

    def __init__(self):
        self.value = 0

    def read(self):
        return self.value

    def write(self, value):
        self.value = value

    def add(self):
        """One update. CPython may switch threads where a function is called."""
        self.write(self.read() + 1)

    def add_in_one_expression(self):
        """One update. CPython since 3.10 does not switch threads inside; nothing promises that it stays so."""
        self.value += 1


def locked(counter, lock):
    def add():
        with lock:
            counter.add()

    return add


def lost(of, tasks, updates, add):
    """How many are lost when nothing blocks between reading and writing."""
    counter = Counter()

    def work(_):
        for _ in range(updates):
            add(counter)

    of.run(tasks, work)
    return tasks * updates - counter.value


def lost_around_a_call(platform, tasks, updates):
    """How many are lost when a line is logged between reading and writing: a call that may block, and does not look it."""
    counter = Counter()
    log = platform.open_log()

    def work(_):
        for _ in range(updates):
            read = counter.read()
            log.log("about to count")
            counter.write(read + 1)

    platform.crew.run(tasks, work)
    log.close()
    return tasks * updates - counter.value


class UpdateCost:
    """Times updates: a few first tell how many fill the time, since a contended lock may be a thousand times as dear as a free one."""

    def __init__(self, of, target_nanos):
        self._crew = of
        self._target = target_nanos

    def nanos_each(self, tasks, add):
        pilot = self._time(tasks, PILOT, add) / (tasks * PILOT)
        updates = max(PILOT, int(self._target / (pilot * tasks)))
        return self._time(tasks, updates, add) / (tasks * updates)

    def _time(self, tasks, updates, add):
        def work(_):
            for _ in range(updates):
                add()

        return self._crew.run(tasks, work)


class QueueLog:
    """A log whose writer is a task of its own behind a queue of one line, as the asynchronous handlers of logging libraries are."""

    def __init__(self, lines, spawn):
        self._lines = lines
        self.log = lines.put
        self._writer = spawn(self._write)

    def close(self):
        self._lines.put("")
        self._writer.join()

    def _write(self):
        while self._lines.get():
            pass


class PausingLog:
    """The same for greenlets without a hub: where others would wait, these pause until the round comes back to them."""

    def __init__(self, of):
        self._crew = of
        self._line = None
        self._writer = of.spawn(self._write)

    def log(self, line):
        while self._line is not None:
            self._crew.pause()
        self._line = line

    def close(self):
        self._line = ""
        self._crew.join(self._writer)

    def _write(self):
        while self._line != "":
            self._line = None
            self._crew.pause()


class Greenlets:
    def __init__(self):
        self.crew = crew.Greenlets()
        self.new_lock = None

    def open_log(self):
        return PausingLog(self.crew)


class Gevent:
    def __init__(self):
        import gevent
        from gevent.lock import BoundedSemaphore
        from gevent.queue import Queue

        self.crew = crew.Gevent()
        self.new_lock = BoundedSemaphore
        self.open_log = lambda: QueueLog(Queue(1), gevent.spawn)


class Threads:
    def __init__(self):
        self.crew = crew.Threads()
        self.new_lock = threading.Lock
        self.open_log = lambda: QueueLog(queue.Queue(1), started_thread)


def started_thread(run):
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


PLATFORMS = {"python-greenlets": Greenlets, "gevent": Gevent, "python-threads": Threads}
