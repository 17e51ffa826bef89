"""Measures one cell of the comparison in a fresh interpreter.

usage: worker.py SCENARIO MECHANISM PACE [NAME=VALUE ...]

Each scenario is a module with a function measure(mechanism, size, samples, pace): the module of its name, "on_" before it. The size is a
dictionary of strings; the pace is 1 for every real comparison and less in tests of the machinery. Figures go to standard output as JSON
lines (protocol.py). It ends when its standard input does.
"""

import importlib
import os
import resource
import sys
import traceback

import lifeline
import protocol


def main(arguments):
    scenario, mechanism, pace = arguments[:3]
    size = dict(parameter.split("=", 1) for parameter in arguments[3:])
    lifeline.watch()
    allow_many_files()
    try:
        importlib.import_module("on_" + scenario).measure(mechanism, size, protocol, float(pace))
    except Exception as failure:
        traceback.print_exc()
        protocol.failed("%s: %s" % (type(failure).__name__, failure))
        exit_code = 1
    else:
        protocol.done()
        exit_code = 0
    # Thousands of suspended tasks need not be taken down one by one, and forked processes end when this one does.
    sys.stderr.flush()
    os._exit(exit_code)


def allow_many_files():
    """As many open files as this user may have, as a JVM does for itself: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 16_384 if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main(sys.argv[1:])
