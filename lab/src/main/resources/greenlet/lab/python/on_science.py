"""Singular value decompositions a second by tasks that only compute, in Python itself: what the interpreter's lock is about."""

import math
import random
import time

import crew

SIZE = 16
MATRICES = 16
SEED = 20230415
WARM_UP_SECONDS = 0.1
ROUND_SECONDS = 0.2
ROUNDS = 3
SWEEPS = 30
PRECISION = 1e-10
REMARK = (
    "%d x %d matrices, one-sided Jacobi in plain Python: to be compared with other Python columns only,"
    " and not with EJML's 64 x 64 on the JVM" % (SIZE, SIZE)
)


def measure(mechanism, size, samples, pace):
    workers = int(size["workers"])
    team = crew.OF[mechanism]()
    matrices = random_matrices()
    samples.remark("decompositions", REMARK)
    start = time.perf_counter()
    done = 0
    while time.perf_counter() - start < WARM_UP_SECONDS * pace or not done:
        singular_values(matrices[done % MATRICES])
        done += 1
    each = (time.perf_counter() - start) / done
    # As long a round for one worker as for many that take turns; in parallel it is shorter.
    share = max(1, round(ROUND_SECONDS * pace / each / workers))
    for _ in range(ROUNDS):
        samples.sample("decompositions", share * workers * 1e9 / team.run(workers, work(matrices, share)))


def work(matrices, share):
    """Each worker does its share, with no lock of ours: what they share is the interpreter."""
    sums = {}

    def run(worker):
        total = 0.0
        for number in range(share):
            total += sum(singular_values(matrices[(worker + number) % MATRICES]))
        sums[worker] = total

    return run


def random_matrices():
    numbers = random.Random(SEED)
    return [[[numbers.random() for _ in range(SIZE)] for _ in range(SIZE)] for _ in range(MATRICES)]


def singular_values(matrix):
    """By one-sided Jacobi rotations (Hestenes 1958): turns columns pair by pair until all are at right angles; what is left are lengths."""
    columns = [list(column) for column in zip(*matrix)]
    for _ in range(SWEEPS):
        if not any([turn(columns, p, q) for p in range(len(columns) - 1) for q in range(p + 1, len(columns))]):
            break
    return sorted((math.sqrt(dot(column, column)) for column in columns), reverse=True)


def turn(columns, p, q):
    """Puts two columns at right angles; says whether they were not yet."""
    a, b = columns[p], columns[q]
    alpha, beta, gamma = dot(a, a), dot(b, b), dot(a, b)
    if abs(gamma) <= PRECISION * math.sqrt(alpha * beta):
        return False
    zeta = (beta - alpha) / (2 * gamma)
    tangent = math.copysign(1 / (abs(zeta) + math.hypot(1, zeta)), zeta)
    cosine = 1 / math.hypot(1, tangent)
    sine = cosine * tangent
    columns[p] = [cosine * x - sine * y for x, y in zip(a, b)]
    columns[q] = [sine * x + cosine * y for x, y in zip(a, b)]
    return True


def dot(a, b):
    return sum([x * y for x, y in zip(a, b)])
