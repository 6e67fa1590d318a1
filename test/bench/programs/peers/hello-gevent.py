"""Answers every request with the same text; its port is the argument."""

import sys

from gevent import socket
from gevent.pywsgi import WSGIServer


def hello(_environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello world']


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
# Otherwise its two writes an answer meet the delayed acknowledgement: 44 ms a request.
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
listener.bind(('127.0.0.1', int(sys.argv[1])))
listener.listen(1024)
WSGIServer(listener, hello, log=None).serve_forever()
