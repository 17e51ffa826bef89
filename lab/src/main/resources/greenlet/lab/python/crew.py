"""A number of tasks of one mechanism that start together; the same work on each."""

import os
import pickle
import threading
import time
import traceback
from collections import deque

import lifeline


class Greenlets:
    """Explicit greenlets in a round: each runs until it pauses or ends. The round is all the scheduler that there is."""

    def __init__(self):
        from greenlet import getcurrent, greenlet

        self._new = greenlet
        self._round = getcurrent()
        self._background = []

    def run(self, tasks, work):
        waiting = deque((self._new(work), (task,)) for task in range(tasks))
        waiting.extend((task, ()) for task in self._background)
        left = tasks
        start = time.perf_counter_ns()
        while left:
            task, first = waiting.popleft()
            task.switch(*first)
            if not task.dead:
                waiting.append((task, ()))
            elif task not in self._background:
                left -= 1
        return time.perf_counter_ns() - start

    def spawn(self, run):
        """One more that takes its turn in rounds, which do not wait for its end."""
        task = self._new(run)
        self._background.append(task)
        return task

    def join(self, task):
        """Lets one of those run to its end."""
        while not task.dead:
            task.switch()
        self._background.remove(task)

    def pause(self):
        """Lets the others run first."""
        self._round.switch()


class Gevent:
    """gevent greenlets on its hub."""

    def __init__(self):
        import gevent

        self._gevent = gevent

    def run(self, tasks, work):
        start = time.perf_counter_ns()
        self._gevent.joinall([self._gevent.spawn(work, task) for task in range(tasks)], raise_error=True)
        return time.perf_counter_ns() - start


class Threads:
    """Threads that wait at a gate until all are there."""

    def __init__(self):
        self._failures = []

    def run(self, tasks, work):
        gate = threading.Barrier(tasks + 1)
        threads = [threading.Thread(target=self._attempt, args=(gate, work, task)) for task in range(tasks)]
        for thread in threads:
            thread.start()
        start = time.perf_counter_ns()
        gate.wait()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]
        return time.perf_counter_ns() - start

    def _attempt(self, gate, work, task):
        try:
            gate.wait()
            work(task)
        except Exception as failure:
            self._failures.append(failure)


class Ungated(Threads):
    """Threads that go to work as soon as they are started: their start is part of what is timed."""

    def run(self, tasks, work):
        threads = [threading.Thread(target=self._attempt_now, args=(work, task)) for task in range(tasks)]
        start = time.perf_counter_ns()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]
        return time.perf_counter_ns() - start

    def _attempt_now(self, work, task):
        try:
            work(task)
        except Exception as failure:
            self._failures.append(failure)


class Processes:
    """Forked processes that wait at a gate until all are there. What the work returns comes back in results."""

    def __init__(self):
        self.results = []

    def run(self, tasks, work):
        children = [_Child(work, task) for task in range(tasks)]
        for child in children:
            child.await_arrival()
        start = time.perf_counter_ns()
        for child in children:
            child.go()
        self.results = [child.result() for child in children]
        return time.perf_counter_ns() - start


class _Child:
    """One forked process: says that it is there, waits for the gate, works, says what it found."""

    def __init__(self, work, task):
        gate, self._gate = os.pipe()
        news, say = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                lifeline.in_child()
                self._work(work, task, gate, say)
            finally:
                # Never back into the worker's own code, of which this process holds a copy.
                os._exit(0)
        os.close(gate)
        os.close(say)
        self._news = os.fdopen(news, "rb")

    def await_arrival(self):
        self._hear()

    def go(self):
        os.write(self._gate, b"g")

    def result(self):
        result = self._hear()
        os.close(self._gate)
        self._news.close()
        os.waitpid(self._pid, 0)
        return result

    def _hear(self):
        try:
            return pickle.load(self._news)
        except EOFError:
            raise OSError("a forked process ended before its work was done; its own message stands above") from None

    @staticmethod
    def _work(work, task, gate, say):
        try:
            with os.fdopen(say, "wb") as news:
                pickle.dump(None, news)
                news.flush()
                os.read(gate, 1)
                pickle.dump(work(task), news)
        except Exception:
            traceback.print_exc()


OF = {"python-greenlets": Greenlets, "gevent": Gevent, "python-threads": Threads, "python-processes": Processes}
