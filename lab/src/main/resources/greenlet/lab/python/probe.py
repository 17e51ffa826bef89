"""Says as one JSON object whether this interpreter can run the Python columns. Runs on any Python, however old."""

import json
import sys


def main():
    found = {"python": "%s %d.%d.%d" % ((implementation(),) + tuple(sys.version_info[:3])), "lacks": []}
    if sys.version_info < (3, 8):
        found["lacks"].append("Python 3.8 or newer")
    for package in ("greenlet", "gevent"):
        try:
            found[package] = __import__(package).__version__
        except Exception as problem:  # A package that is there but broken is as good as none.
            found["lacks"].append(package if is_absent(problem, package) else "a working %s (%s)" % (package, problem))
    if hasattr(sys, "_is_gil_enabled"):
        found["gil"] = sys._is_gil_enabled()
    print(json.dumps(found))


def implementation():
    name = sys.implementation.name if hasattr(sys, "implementation") else "Python"
    return {"cpython": "CPython", "pypy": "PyPy"}.get(name, name)


def is_absent(problem, package):
    return isinstance(problem, ImportError) and str(problem).replace("'", "") == "No module named " + package


main()
