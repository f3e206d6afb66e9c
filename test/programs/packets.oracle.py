"""
What packets meet: loads each rule set that it reads as JSON, sends packets over the loopback device, and answers with
how many packets each rule counted, by the rule's comment.

Each rule set has a network namespace of its own: what is left of a connection would keep the next one between the same
ends from being tried. The loopback device of a new namespace is down and is taken up first.
"""

import ctypes
import fcntl
import itertools
import json
import os
import re
import socket
import struct
import subprocess
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
CLONE_NEWNET = 0x40000000

SOURCES = ["127.0.0.1", "127.0.0.2", "127.1.0.1"]
DESTINATIONS = ["127.0.0.1", "127.0.0.3"]
PORTS = [20, 21, 22, 23, 80, 443, 8080]
SOURCE_PORTS = [5000, 6000]


def enter_new_namespace():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def take_up():
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def send_everything():
    """Every packet there is in this small world: nothing is waited for, for much of it is dropped."""
    for source, destination, port, source_port in itertools.product(SOURCES, DESTINATIONS, PORTS, SOURCE_PORTS):
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            with socket.socket(socket.AF_INET, kind) as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.setblocking(False)
                try:
                    one.bind((source, source_port))
                    one.connect((destination, port))
                except BlockingIOError:
                    pass
                except OSError:
                    continue
                try:
                    one.send(b"x")
                except OSError:
                    pass


def counts():
    saved = subprocess.run(["iptables-save", "-c", "-t", "filter"], capture_output=True, text=True, check=True).stdout
    counted = {}
    # A rule with several addresses is several.
    for packets, name in re.findall(r"^\[(\d+):\d+\] .*--comment (r\d+)\b", saved, re.M):
        counted[name] = counted.get(name, 0) + int(packets)
    return counted


def answer(text):
    enter_new_namespace()
    take_up()
    # Somebody who answers, so that there are connections.
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("0.0.0.0", 80))
        listener.listen(1000)
        loaded = subprocess.run(["iptables-restore"], input=text, capture_output=True, text=True)
        if loaded.returncode != 0:
            return {"refusal": loaded.stderr}
        send_everything()
        return {"counts": counts()}


print(json.dumps([answer(text) for text in json.load(sys.stdin)]))
