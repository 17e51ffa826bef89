"""LU decompositions a second by tasks that only compute, in Python itself: what the interpreter's lock is about."""

import random
import time

import crew

SIZE = 100
MATRICES = 16
SEED = 20230415
WARM_UP_SECONDS = 0.1
ROUND_SECONDS = 0.15
ROUNDS = 3
REMARK = "in plain Python, without a library in C: what the interpreter's lock allows"


def measure(mechanism, size, samples, pace):
    workers = int(size["workers"])
    team = crew.OF[mechanism]()
    matrices = random_matrices()
    samples.remark("throughput", REMARK)
    start = time.perf_counter()
    done = 0
    while time.perf_counter() - start < WARM_UP_SECONDS * pace or not done:
        determinant(matrices[done % MATRICES])
        done += 1
    each = (time.perf_counter() - start) / done
    # As long a round for one worker as for many that take turns; in parallel it is shorter.
    share = max(1, round(ROUND_SECONDS * pace / each / workers))
    for _ in range(ROUNDS):
        samples.sample("throughput", share * workers * 1e9 / team.run(workers, work(matrices, share)))


def work(matrices, share):
    """Each worker does its share, with no lock of ours: what they share is the interpreter."""
    sums = {}

    def run(worker):
        total = 0.0
        for number in range(share):
            total += determinant(matrices[(worker + number) % MATRICES])
        sums[worker] = total

    return run


def random_matrices():
    numbers = random.Random(SEED)
    return [[[numbers.random() for _ in range(SIZE)] for _ in range(SIZE)] for _ in range(MATRICES)]


def determinant(matrix):
    """By LU decomposition with a choice of pivots: what solving a system of linear equations consists of."""
    rows = [list(row) for row in matrix]
    product = 1.0
    for k in range(len(rows)):
        pivot = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            product = -product
        head, tail = rows[k][k], rows[k][k + 1 :]
        product *= head
        for row in rows[k + 1 :]:
            factor = row[k] = row[k] / head
            row[k + 1 :] = [x - factor * y for x, y in zip(row[k + 1 :], tail)]
    return product
