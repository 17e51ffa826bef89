"""Runs an operation often enough to time it: rounds of about the same length, the first ones for warming up only."""

import time
from itertools import repeat

import spent

WARM_UPS = 3
ROUNDS = 5
ROUND_SECONDS = 0.04
SLOW_ROUNDS = 3


class Round:
    """One timed round: how many operations, how long, and what the operating system spent on it."""

    def __init__(self, operations, nanos, cost):
        self.operations = operations
        self.nanos = nanos
        self.cost = cost


def rounds(run, pace, counters=spent.now):
    """Yields timed rounds of run(n), which does n operations. counters tells what was spent so far."""
    seconds = ROUND_SECONDS * pace
    operations = 1
    while True:
        start = time.perf_counter()
        run(operations)
        took = time.perf_counter() - start
        if took >= seconds / 4:
            break
        operations *= 2
    # An operation that alone outlasts many rounds, such as a hundred processes, has no code to warm up either.
    slow = took > SLOW_ROUNDS * seconds
    operations = max(1, int(operations * seconds / took))
    for number in range(0 if slow else -WARM_UPS, SLOW_ROUNDS if slow else ROUNDS):
        before = counters()
        start = time.perf_counter_ns()
        run(operations)
        nanos = time.perf_counter_ns() - start
        if number >= 0:
            yield Round(operations, nanos, counters().since(before))


def times(count):
    """The cheapest loop over a number of turns."""
    return repeat(None, count)
