"""What the operating system spent: CPU time and context switches of this process, and of children that report theirs."""

import resource
import time


class Spent:
    """CPU nanoseconds and context switches, voluntary and not."""

    def __init__(self, cpu_nanos, switches):
        self.cpu_nanos = cpu_nanos
        self.switches = switches

    def since(self, before):
        return Spent(self.cpu_nanos - before.cpu_nanos, self.switches - before.switches)

    def plus(self, other):
        return Spent(self.cpu_nanos + other.cpu_nanos, self.switches + other.switches)


def now():
    """So far, by all threads of this process, ended ones included."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return Spent(time.process_time_ns(), usage.ru_nvcsw + usage.ru_nivcsw)
