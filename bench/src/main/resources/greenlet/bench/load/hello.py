# What HelloServer is, with gevent: prints its port, serves until its standard input ends.
import os
import sys
import threading

import gevent.socket

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"


def answer(connection):
    request = b""
    try:
        connection.setsockopt(gevent.socket.IPPROTO_TCP, gevent.socket.TCP_NODELAY, 1)
        while True:
            read = connection.recv(4096)
            if not read:
                return
            request += read
            if request.endswith(b"\n") and request[-3:-2] == b"\n":
                connection.sendall(RESPONSE)
                request = b""
    except OSError:
        pass  # the load generator hangs up as it likes
    finally:
        connection.close()


def end_with_parent():
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
server = gevent.socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(1024)
print(server.getsockname()[1], flush=True)
while True:
    accepted, _ = server.accept()
    gevent.spawn(answer, accepted)
