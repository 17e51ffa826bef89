"""Time to create, run and end a task: as many at once as the size says."""

import multiprocessing
import threading

import lifeline
import timing


def measure(mechanism, size, samples, pace):
    tasks = int(size["tasks"])
    batch = BATCHES[mechanism](tasks)

    def run(times):
        for _ in timing.times(times):
            batch()

    for done in timing.rounds(run, pace):
        samples.sample("time", done.nanos / (done.operations * tasks))


class Count:
    """A task that leaves a trace."""

    def __init__(self):
        self.runs = 0

    def __call__(self, *_):
        self.runs += 1


def greenlets(tasks):
    from greenlet import greenlet

    counts = [Count() for _ in range(tasks)]

    def batch():
        for each in [greenlet(count) for count in counts]:
            each.switch()

    return batch


def gevent_greenlets(tasks):
    import gevent

    counts = [Count() for _ in range(tasks)]

    def batch():
        gevent.joinall([gevent.spawn(count) for count in counts])

    return batch


def threads(tasks):
    counts = [Count() for _ in range(tasks)]
    return lambda: _start_and_join([threading.Thread(target=count) for count in counts])


def processes(tasks):
    context = multiprocessing.get_context("fork")
    return lambda: _start_and_join([context.Process(target=_end_at_once) for _ in range(tasks)])


def _end_at_once():
    lifeline.in_child(watched=False)


def _start_and_join(tasks):
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()


BATCHES = {
    "python-greenlets": greenlets,
    "gevent": gevent_greenlets,
    "python-threads": threads,
    "python-processes": processes,
}
