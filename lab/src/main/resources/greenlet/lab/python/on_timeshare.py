"""One task that computes without a pause beside short tasks that are due every few milliseconds: how late those come."""

import math
import time

import cores
import crew

MILLISECOND = 1_000_000
HOG, LEAD, PERIOD, TAIL, ALONE = (count * MILLISECOND for count in (200, 20, 5, 30, 100))
TASKS = 20
PROCESSES = 4
ROUNDS = 2
METRICS = ("stall", "stall-p99", "alone")


def measure(mechanism, size, samples, pace):
    problem = cores.pin(int(size["cores"]))
    if problem:
        for metric in METRICS:
            samples.remark(metric, "not pinned to %s of the cores: %s" % (size["cores"], problem))
    hog = max(1, int(HOG * pace))
    run = process_round if mechanism == "python-processes" else TaskRound(mechanism).run
    run(0)
    samples.sample("alone", run(0)[-1])
    for _ in range(ROUNDS):
        delays = run(hog)
        samples.sample("stall", delays[-1])
        # The smallest delay that at least 99 of 100 do not exceed.
        samples.sample("stall-p99", delays[math.ceil(len(delays) * 0.99) - 1])


class TaskRound:
    """Rounds in this process: a task for each short task and one for the hog."""

    def __init__(self, mechanism):
        self._crew = crew.OF[mechanism]()
        self._wait = WAITS[mechanism](self._crew)

    def run(self, hog):
        """Delays of the short tasks in ascending order; no hog if it lasts for no time."""
        start = time.perf_counter_ns()
        delays = []

        def work(task):
            if task == TASKS:
                wait_until(start + LEAD, self._wait)
                compute(hog)
            else:
                delays.extend(short_task(start + PERIOD * task // TASKS, times(hog), self._wait))

        self._crew.run(TASKS + 1 if hog else TASKS, work)
        return sorted(delays)


def process_round(hog):
    """The same with a pool of processes: one is the hog, each of the others has one short task."""
    processes = crew.Processes()
    short = PROCESSES - 1

    def work(task):
        # The clock is the system's: the same in every process.
        start = time.perf_counter_ns()
        if task == short:
            wait_until(start + LEAD, sleep)
            compute(hog)
            return []
        return short_task(start, times(hog), sleep)

    processes.run(PROCESSES if hog else short, work)
    return sorted(delay for delays in processes.results for delay in delays)


def compute(nanos):
    """Blocks on nothing, and so never lets go by itself."""
    start = time.perf_counter_ns()
    x = 1
    while time.perf_counter_ns() - start < nanos:
        for _ in range(200):
            x = (x * 1103515245 + 12345) & 0x7FFFFFFF
    return x


def short_task(first, count, wait):
    """After a stall it catches up: each missed time counts with its own delay, not the stall once."""
    return [wait_until(first + number * PERIOD, wait) for number in range(count)]


def times(hog):
    return (LEAD + (hog or ALONE) + TAIL) // PERIOD


def wait_until(due, wait):
    """Returns how many nanoseconds late it came."""
    left = due - time.perf_counter_ns()
    while left > 0:
        wait(left)
        left = due - time.perf_counter_ns()
    return -left


def sleep(nanos):
    time.sleep(nanos / 1e9)


def gevent_sleep(_):
    import gevent

    return lambda nanos: gevent.sleep(nanos / 1e9)


def pause(of):
    """Greenlets without a hub have no clock: one that is not due lets the others run and looks again."""
    return lambda _: of.pause()


WAITS = {"python-greenlets": pause, "gevent": gevent_sleep, "python-threads": lambda _: sleep}
