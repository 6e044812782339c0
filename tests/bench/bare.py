"""As many bytes as an exchange took inside TLS, and nothing but TLS around them: what its time is compared with."""

import socket
import ssl

from pimpasa_desktop.sync.http import Line
from sync.hostile import Server


def takes_and_gives(server: Server, sock: socket.socket) -> None:
    """A script: what `upload` talks to."""
    head = sock.recv(16)  # TLS gives a record at a time
    up, down = int(head[:8]), int(head[8:16])
    taken = len(head)
    while taken < up:
        taken += len(sock.recv(65536))
    sock.sendall(bytes(down))
    server.stopping.wait(20)


def upload(port: int, line: Line) -> None:
    """As many bytes up, then as many down as that line's exchange took."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain) as tls,
    ):
        tls.sendall(b"%08d%08d" % (line.bytes_sent, line.bytes_received) + bytes(line.bytes_sent - 16))
        left = line.bytes_received
        while left > 0:
            left -= len(tls.recv(left))
