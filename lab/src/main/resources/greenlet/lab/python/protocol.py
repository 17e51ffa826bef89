"""What a worker tells the lab: one JSON object a line on standard output, and nothing else there (see SampleLine in the lab)."""

import json
import os

# The pipe to the lab. Whatever else is printed goes to standard error, where it becomes part of a failure's message.
_lines = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def sample(metric, value):
    """One measurement of a metric, in its base unit."""
    _tell(metric=metric, value=float(value))


def remark(metric, text):
    """What a reader must know about the figures of a metric."""
    _tell(metric=metric, remark=text)


def without(metric, reason):
    """A metric that this mechanism cannot have, though it has others."""
    _tell(metric=metric, notApplicable=reason)


def failed(reason):
    """It was tried in vain; the reason goes into the report."""
    _tell(failed=reason)


def done():
    """The last line of a worker that measured all it should."""
    _tell(done=True)


def _tell(**line):
    _lines.write(json.dumps(line) + "\n")
    _lines.flush()
