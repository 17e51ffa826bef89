"""How much memory processes hold, by the operating system's account."""

import os
import subprocess

KIB = 1024
PAGE = 4096
NO_HEAP = "Python does not tell live objects from memory in use"


class Held:
    """Bytes in memory (pages shared with other processes count by their share, where the system tells it) and of address space."""

    def __init__(self, resident, reserved):
        self.resident = resident
        self.reserved = reserved

    def since(self, before):
        return Held(max(0, self.resident - before.resident), max(0, self.reserved - before.reserved))


def now(children=()):
    """By this process and its children together."""
    all_of_us = [_by(pid) for pid in [os.getpid(), *children]]
    return Held(sum(one.resident for one in all_of_us), sum(one.reserved for one in all_of_us))


def kernel_is_told():
    """Whether this system tells what kernel() adds up."""
    return all(os.access("/proc/" + name, os.R_OK) for name in ("self/status", "meminfo", "loadavg", "net/sockstat"))


def kernel(children=()):
    """Page tables and kernel stacks of this process and its children, and the buffers of all TCP sockets of the machine."""
    if not kernel_is_told():
        return 0
    with open("/proc/loadavg") as load:
        all_threads = int(load.read().split()[3].split("/")[1])
    # The size of a stack is a constant of the kernel's build that it does not tell.
    stack = _kib("/proc/meminfo", "KernelStack:") / all_threads
    total = _tcp_pages() * PAGE
    for pid in [os.getpid(), *children]:
        status = "/proc/%d/status" % pid
        total += _kib(status, "VmPTE:") + _kib(status, "Threads:") // KIB * stack
    return total


def _tcp_pages():
    with open("/proc/net/sockstat") as lines:
        for line in lines:
            if line.startswith("TCP:"):
                return int(line.split(" mem ")[1].split()[0])
    return 0


def _by(pid):
    if os.path.exists("/proc/%d/smaps_rollup" % pid):
        return Held(_kib("/proc/%d/smaps_rollup" % pid, "Pss:"), _kib("/proc/%d/status" % pid, "VmSize:"))
    told = subprocess.run(["ps", "-o", "rss=,vsz=", "-p", str(pid)], stdout=subprocess.PIPE, check=True).stdout.split()
    return Held(int(told[0]) * KIB, int(told[1]) * KIB)


def _kib(file, key):
    with open(file) as lines:
        for line in lines:
            if line.startswith(key):
                return int(line.split()[1]) * KIB
    raise OSError("Cannot find '%s' in %s. Report the kernel's version: its layout is new to this program." % (key, file))
