"""Sends back what it receives; its port is the argument."""

import sys

from gevent.server import StreamServer


def handle(connection, _address):
    while True:
        data = connection.recv(4096)
        if not data:
            return
        connection.sendall(data)


StreamServer(('127.0.0.1', int(sys.argv[1])), handle).serve_forever()
