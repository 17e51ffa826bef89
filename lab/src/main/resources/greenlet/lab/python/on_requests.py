"""Wall time and CPU for many requests at once to the lab's HTTP server, which takes 20 ms for each."""

import os
import socket
import time

import crew
import lifeline
import spent
from partner import Partner

WARM_UPS = 2
ROUNDS = 3
POOL_CAP = 8
MANY = 200
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
EXPECTED = b"HTTP/1.1 200 "


def measure(mechanism, size, samples, pace):
    concurrent = int(size["concurrent"])
    server = Partner(size["partner"])
    try:
        client = CLIENTS[mechanism](int(server.hear()))
        rounds = max(1, int(client.rounds(concurrent) * pace))
        for number in range(-min(client.warm_ups(concurrent), rounds), rounds):
            wall, cpu = client.run(concurrent)
            if number >= 0:
                samples.sample("wall", wall)
                samples.sample("cpu", cpu / concurrent)
    finally:
        server.close()


def request(connect, port):
    """One HTTP request in plain blocking code: the same for every mechanism."""
    with connect(("127.0.0.1", port)) as connection:
        connection.sendall(REQUEST)
        answer = b""
        for part in iter(lambda: connection.recv(4096), b""):
            answer += part
    if not answer.startswith(EXPECTED):
        raise OSError(
            "Cannot use the answer of the test server: it starts with %r instead of %r." % (answer[:13], EXPECTED)
            + " See whether something else listens on port %d." % port
        )


class Tasks:
    """A task per request; the round ends with the last answer."""

    def __init__(self, of, connect, port):
        self._crew = of
        self._work = lambda _: request(connect, port)

    def warm_ups(self, _):
        return WARM_UPS

    def rounds(self, _):
        return ROUNDS

    def run(self, requests):
        cpu = time.process_time_ns()
        # The crew's own figure leaves the start of the threads out, which belongs to this.
        start = time.perf_counter_ns()
        self._crew.run(requests, self._work)
        return time.perf_counter_ns() - start, time.process_time_ns() - cpu


def gevent_tasks(port):
    import gevent.socket

    return Tasks(crew.Gevent(), gevent.socket.create_connection, port)


def thread_tasks(port):
    return Tasks(crew.Ungated(), socket.create_connection, port)


class Pool:
    """Processes forked beforehand, each making its share of the requests one after another."""

    def __init__(self, port):
        self._port = port
        self._workers = []

    def warm_ups(self, _):
        return 1

    def rounds(self, requests):
        """A pool needs seconds for a thousand requests, and its figure is nearly all waiting: one such round is enough."""
        return 1 if requests > MANY else ROUNDS

    def run(self, requests):
        warming_up = not self._workers
        while len(self._workers) < min(POOL_CAP, requests):
            self._workers.append(PoolWorker(self._port))
        size = len(self._workers)
        if warming_up:
            requests = min(requests, 2 * size)
        start = time.perf_counter_ns()
        for number, worker in enumerate(self._workers):
            worker.tell(requests // size + (1 if number < requests % size else 0))
        cpu = sum(worker.hear() for worker in self._workers)
        return time.perf_counter_ns() - start, cpu


class PoolWorker:
    """One process of the pool. Numbers go through its pipes as lines."""

    def __init__(self, port):
        tasks, tell = os.pipe()
        hear, answers = os.pipe()
        if os.fork() == 0:
            lifeline.in_child()
            os.close(tell)
            self._serve(port, tasks, answers)
        os.close(tasks)
        os.close(answers)
        self._tell = tell
        self._hear = os.fdopen(hear)

    def tell(self, requests):
        os.write(self._tell, b"%d\n" % requests)

    def hear(self):
        line = self._hear.readline()
        if not line:
            raise OSError("a process of the pool ended before its requests were answered; its own message stands above")
        return int(line)

    @staticmethod
    def _serve(port, tasks, answers):
        try:
            for line in os.fdopen(tasks):
                before = spent.now()
                for _ in range(int(line)):
                    request(socket.create_connection, port)
                os.write(answers, b"%d\n" % spent.now().since(before).cpu_nanos)
        finally:
            # Never back into the worker's own code, of which this process holds a copy.
            os._exit(0)


CLIENTS = {"gevent": gevent_tasks, "python-threads": thread_tasks, "python-processes": Pool}
