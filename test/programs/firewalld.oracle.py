"""
What firewalld itself makes of texts: reads cases as JSON from its input and answers JSON, all in one process.

A case is a file, which firewalld's own reader reads from a temporary folder and checks as it does when it starts, or
the words of a command, which the program's own script takes apart and checks; nothing is sent to a firewall.
"""

import contextlib
import io
import json
import os
import re
import shutil
import sys
import tempfile

sys.argv = ["firewall-cmd"]
# The script of firewall-offline-cmd asks for root before it looks at what it is told.
os.getuid = lambda: 0

import firewall
from firewall import functions
from firewall.command import FirewallCommand
from firewall.core import rich
from firewall.core.io.direct import Direct
from firewall.core.io.helper import helper_reader
from firewall.core.io.io_object import check_port, check_tcpudp
from firewall.core.io.ipset import ipset_reader
from firewall.core.io.policy import policy_reader
from firewall.core.io.service import service_reader
from firewall.core.io.zone import zone_reader
from firewall.core.logger import log

# Warnings of what is there twice or out of date, not of what is left out.
HARMLESS = re.compile(r"already (set|in)|Ignoring deprecated|entries are ignored")


class Everything(dict):
    """Whatever another file could define."""

    class Thing:
        destination = []
        interfaces = []

    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return Everything.Thing

    def keys(self):
        return ["public", "internal", "external", "dmz"]


class Nothing(dict):
    pass


OTHERS = {
    "services": Everything(),
    "icmptypes": Everything(),
    "ipsets": Everything(),
    "helpers": Everything(),
    "zones": Everything(),
    "policies": Nothing(),
    "conf": {},
}

# A zone must not have the name of a policy, nor the other way round.
ZONES = dict((name, Everything.Thing) for name in Everything().keys())

READERS = {
    "zone": zone_reader,
    "policy": policy_reader,
    "service": service_reader,
    "helper": helper_reader,
    "ipset": ipset_reader,
}


def port_text(text):
    found = functions.getPortRange(text)
    return "-".join(str(port) for port in found)


def rule_text(rule):
    element = rule.element
    verdict = type(rule.action).__name__[5:].lower() if rule.action else ""
    family = rule.family or ""
    if isinstance(element, rich.Rich_ForwardPort):
        target = port_text(element.to_port) if element.to_port else ""
        return ["forward %s/%s %s %s" % (port_text(element.port), element.protocol, target, family)]
    if isinstance(element, rich.Rich_SourcePort):
        return ["source %s/%s %s %s" % (port_text(element.port), element.protocol, verdict, family)]
    if isinstance(element, rich.Rich_Port):
        return ["port %s/%s %s %s" % (port_text(element.port), element.protocol, verdict, family)]
    return []


def ports_of(item):
    ports = []
    for name in ["ports", "source_ports"]:
        for (port, protocol) in getattr(item, name, []):
            ports.append("%s %s/%s" % (name, port_text(port), protocol))
    for (port, protocol, to_port, to_addr) in getattr(item, "forward_ports", []):
        target = port_text(to_port) if to_port else ""
        ports.append("forward %s/%s %s %s" % (port_text(port), protocol, target, ""))
    for rule in getattr(item, "rules", []) if hasattr(item, "rules_str") or hasattr(item, "rules") else []:
        ports.extend(rule_text(rule))
    if hasattr(item, "entries") and hasattr(item, "type"):
        flags = item.type[5:].split(",")
        if "port" in flags:
            for entry in item.entries:
                text = entry.split(",")[flags.index("port")]
                protocol, _, port = text.rpartition(":")
                if protocol not in ["icmp", "icmpv6", "ipv6-icmp"]:
                    ports.append("entry %s/%s" % (port_text(port), protocol or "tcp"))
    return ports


def read_file(case, folder):
    warnings = []

    def warn(message, *args):
        text = str(message) % args if args else str(message)
        if not HARMLESS.search(text):
            warnings.append(text)

    log.warning = warn
    log.error = warn
    kind = case["kind"]
    path = os.path.join(folder, "x.xml")
    with open(path, "wb") as file:
        file.write(case["text"].encode("utf-8", "surrogatepass"))
    if kind == "direct":
        item = Direct(path)
        item.read()
        return warnings, []
    item = READERS[kind]("x.xml", folder)
    others = dict(OTHERS)
    if kind == "policy":
        others["zones"] = ZONES
    item.check_config_dict(item.export_config_dict(), others)
    return warnings, ports_of(item)


def script(path, end):
    """The part of a program's script that takes the command line apart."""
    text = open(path).read()
    code = text[: text.index(end)]
    return compile(code, path, "exec")


SCRIPTS = {}


def read_command(case):
    program = case["program"]
    if program not in SCRIPTS:
        end = "\nzone = a.zone" if program == "firewall-cmd" else "\nif a.system_config"
        SCRIPTS[program] = script(shutil.which(program), end)
    sys.argv = [program] + case["words"]
    scope = {"__name__": "__main__"}
    errors = io.StringIO()
    hook = sys.excepthook
    try:
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(errors):
            exec(SCRIPTS[program], scope)
    except SystemExit as exit:
        return [errors.getvalue().strip().split("\n")[-1] or "exit %s" % exit.code], []
    finally:
        sys.excepthook = hook
    a = scope["a"]
    cmd = FirewallCommand()
    ports = []
    for name in ["port", "source_port"]:
        for verb in ["add", "remove", "query"]:
            for value in getattr(a, "%s_%s" % (verb, name)) or []:
                (port, protocol) = cmd.parse_port(value)
                ports.append("%s %s/%s" % (name, port_text(port), protocol))
    for verb in ["add", "remove", "query"]:
        for value in getattr(a, "%s_forward_port" % verb) or []:
            (port, protocol, to_port, to_addr) = cmd.parse_forward_port(value)
            target = port_text(to_port) if to_port else ""
            ports.append("forward %s/%s %s %s" % (port_text(port), protocol, target, ""))
        for value in getattr(a, "%s_rich_rule" % verb) or []:
            rule = rich.Rich_Rule(rule_str=value)
            rule.check()
            ports.extend(rule_text(rule))
    if program == "firewall-offline-cmd":
        for value in a.port or []:
            (port, protocol) = scope["parse_port_lokkit"](value)
            check_port(port)
            check_tcpudp(protocol)
            ports.append("port %s/%s" % (port_text(port), protocol))
        for value in a.forward_port or []:
            (port, protocol, to_port, to_addr) = cmd.parse_forward_port(value, compat=True)
            target = port_text(to_port) if to_port else ""
            ports.append("forward %s/%s %s %s" % (port_text(port), protocol, target, ""))
    return [], ports


def main():
    cases = json.load(sys.stdin)
    folder = tempfile.mkdtemp(prefix="portolan-firewalld-")
    answers = []
    try:
        for case in cases:
            try:
                refusals, ports = read_command(case) if case["kind"] == "command" else read_file(case, folder)
            except SystemExit as exit:
                refusals, ports = ["exit %s" % exit.code], []
            except Exception as error:
                refusals, ports = ["%s: %s" % (type(error).__name__, error)], []
            answers.append({"refusals": refusals, "ports": ports})
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(json.dumps(answers))


main()
