"""How much memory processes hold, by the operating system's account."""

import os
import subprocess

KIB = 1024


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
