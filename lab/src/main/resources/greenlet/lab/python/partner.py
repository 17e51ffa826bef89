"""A partner of the lab, a JVM such as the server of the requests scenario: started, spoken with in lines, ended."""

import json
import subprocess


class Partner:
    """The lab gives its command line as a JSON array. It ends when its standard input does."""

    def __init__(self, command, popen=subprocess.Popen):
        self._process = popen(json.loads(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def tell(self, line):
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def hear(self):
        line = self._process.stdout.readline()
        if not line:
            raise OSError("the lab's own partner process has ended; its own message stands above")
        return line.decode().rstrip("\n")

    def close(self):
        self._process.kill()
        self._process.wait()
