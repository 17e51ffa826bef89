"""A plain blocking HTTP server on one core, under load from the lab's generator: the same phases as for the JVM's servers.

Warm-up on two connections, memory of the others, warm-up on all, then fixed rate and full load in turns.
"""

import os
import socket
import threading
import time

import cores
import held
import lifeline
from partner import Partner

# Requests a second at the fixed rate: the same as for the JVM's servers (ServerTrial in the lab).
RATE = 4000
WARM_UP_CONNECTIONS = 2
ROUNDS = 3
# There is no just-in-time compiler to warm up: this only fills caches.
WARM_UP, SETTLING, FIXED, FULL = 100, 100, 250, 100
BUSY_LIMIT_PERCENT = 90
BACKLOG = 4096
LONGEST_REQUEST = 1024
POOL = 4
END_OF_HEAD = b"\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
LAST_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
METRICS = ("p50", "p99", "cpu", "throughput", "memory", "heap", "resident", "kernel")


def measure(mechanism, size, samples, pace):
    problem = pin()
    if problem:
        for metric in METRICS:
            samples.remark(metric, "not pinned apart from the load generator: " + problem)
    server = SERVERS[mechanism]()
    load = Load(server.partner(size["partner"]), server)
    try:
        Trial(server, load, int(size["connections"]), samples, pace).run()
    finally:
        load.close()


def pin():
    """To the first core; the lab has pinned the generator to the rest."""
    if cores.count() < 2:
        return "this machine has a single core, or does not tell"
    return cores.pin(1)


class Trial:
    """The phases of one trial."""

    def __init__(self, server, load, connections, samples, pace):
        self._server = server
        self._load = load
        self._connections = connections
        self._samples = samples
        self._pace = pace

    def run(self):
        load = self._load
        load.connect(WARM_UP_CONNECTIONS)
        load.full(WARM_UP * self._pace)
        before = self._server.baseline()
        load.connect(self._connections + WARM_UP_CONNECTIONS)
        self._add_memory(before)
        load.connect(self._connections)
        load.full(SETTLING * self._pace)
        load.fixed(SETTLING * self._pace / 2)
        slowest = float("inf")
        for _ in range(ROUNDS):
            self._fixed()
            slowest = min(slowest, self._full())
        if slowest < 1.5 * RATE:
            self._samples.remark("p99", "the fixed rate of %d requests/s is near this server's limit" % RATE)

    def _add_memory(self, before):
        now = self._server.memory()
        resident = max(0, now.resident - before.resident)
        kernel = max(0, now.kernel - before.kernel)
        self._samples.sample("memory", resident + kernel)
        self._samples.without("heap", held.NO_HEAP)
        self._samples.sample("resident", resident)
        if held.kernel_is_told():
            self._samples.sample("kernel", kernel)

    def _fixed(self):
        cpu = self._server.cpu_nanos()
        found = self._load.fixed(FIXED * self._pace)
        self._samples.sample("cpu", (self._server.cpu_nanos() - cpu) / max(1, found["requests"]))
        self._samples.sample("p50", found["p50"])
        self._samples.sample("p99", found["p99"])
        self._remark_saturation(found, "p50", "p99")

    def _full(self):
        found = self._load.full(FULL * self._pace)
        per_second = found["requests"] * 1e9 / found["wall"]
        self._samples.sample("throughput", per_second)
        self._remark_saturation(found, "throughput")
        return per_second

    def _remark_saturation(self, found, *metrics):
        late = 2 * found["lag-p99"] > found["p99"] > 0
        if late or found["busy-percent"] > BUSY_LIMIT_PERCENT:
            for metric in metrics:
                self._samples.remark(
                    metric,
                    "generator saturated: it was busy %d %% of the time and held 1 %% of the requests back by %d us or more,"
                    " so the server may be better than this" % (found["busy-percent"], found["lag-p99"] // 1000),
                )


class Load:
    """The generator, told what to do in lines (LoadProcess in the lab)."""

    def __init__(self, generator, server):
        self._generator = generator
        self._server = server

    def connect(self, count):
        self._ask("connect %d %s %d" % (self._server.port, "keep" if self._server.keeps_connections else "close", count))

    def fixed(self, millis):
        return self._figures("fixed %d %d" % (RATE, max(1, millis)))

    def full(self, millis):
        return self._figures("full %d" % max(1, millis))

    def close(self):
        self._generator.close()

    def _figures(self, command):
        words = (word.split("=") for word in self._ask(command).split(" "))
        return {name: int(value) for name, value in words}

    def _ask(self, command):
        self._generator.tell(command)
        answer = self._generator.hear()
        if answer.startswith("failed"):
            raise OSError(answer[len("failed") :].strip())
        return answer


class Memory:
    def __init__(self, children=()):
        self.resident = held.now(children).resident
        self.kernel = held.kernel(children)


class OneProcess:
    """One task accepts, and each connection has a task that reads and writes with plain blocking calls."""

    keeps_connections = True

    def __init__(self, listener, spawn):
        self._listener = listener
        self._spawn = spawn
        self.port = listener.getsockname()[1]
        spawn(self._accept)

    def cpu_nanos(self):
        return time.process_time_ns()

    def memory(self):
        return Memory()

    def baseline(self):
        return Memory()

    def _accept(self):
        while True:
            connection, _ = self._listener.accept()
            self._spawn(self._serve, connection)

    @staticmethod
    def _serve(connection):
        with connection:
            try:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while read_request(connection):
                    connection.sendall(ANSWER)
            except OSError:
                pass  # The client is gone; the generator tells which requests went unanswered.


class GeventServer(OneProcess):
    def __init__(self):
        import gevent
        import gevent.socket
        import gevent.subprocess

        self._popen = gevent.subprocess.Popen
        super().__init__(listen(gevent.socket.socket), gevent.spawn)

    def partner(self, command):
        """Heard cooperatively: this greenlet must not keep the server from its work."""
        return Partner(command, self._popen)


class ThreadServer(OneProcess):
    def __init__(self):
        super().__init__(listen(socket.socket), start_thread)

    def partner(self, command):
        return Partner(command)


class ProcessServer:
    """Processes forked beforehand that accept on one listener. Each serves one connection at a time, and closes it after one request."""

    keeps_connections = False

    def __init__(self):
        listener = listen(socket.socket)
        self.port = listener.getsockname()[1]
        self._children = [ServerChild(listener) for _ in range(POOL)]
        listener.close()
        self._alone = held.now()

    def partner(self, command):
        return Partner(command)

    def cpu_nanos(self):
        return sum(child.cpu_nanos() for child in self._children)

    def memory(self):
        return Memory([child.pid for child in self._children])

    def baseline(self):
        """The processes exist for the connections' sake alone: all that they add to the worker counts."""
        before = Memory()
        before.resident = self._alone.resident
        return before


class ServerChild:
    """One process of the pool; says how much CPU time it has used when asked."""

    def __init__(self, listener):
        questions, self._ask = os.pipe()
        hear, answers = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                lifeline.in_child()
                os.close(self._ask)
                start_thread(self._serve, listener)
                while os.read(questions, 1):
                    os.write(answers, b"%d\n" % time.process_time_ns())
            finally:
                # Never back into the worker's own code, of which this process holds a copy.
                os._exit(0)
        os.close(questions)
        os.close(answers)
        self._hear = os.fdopen(hear)

    def cpu_nanos(self):
        os.write(self._ask, b"?")
        line = self._hear.readline()
        if not line:
            raise OSError("a process of the server has ended; its own message stands above")
        return int(line)

    @staticmethod
    def _serve(listener):
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    if read_request(connection):
                        connection.sendall(LAST_ANSWER)
                except OSError:
                    pass  # The client is gone; the generator tells which requests went unanswered.


def listen(new_socket):
    listener = new_socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(BACKLOG)
    return listener


def read_request(connection):
    """Reads a request to its end; tells whether there was one before the connection was closed."""
    request = b""
    while not request.endswith(END_OF_HEAD):
        part = connection.recv(LONGEST_REQUEST)
        if not part or len(request) > LONGEST_REQUEST:
            return False
        request += part
    return True


def start_thread(work, *arguments):
    threading.Thread(target=work, args=arguments, daemon=True).start()


SERVERS = {"gevent": GeventServer, "python-threads": ThreadServer, "python-processes": ProcessServer}
