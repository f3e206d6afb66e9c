"""Asks ufw's own Python modules what they take, for test/programs/ufw.test.ts.

Standard input is JSON: {"commands": [[word, ...]], "profiles": [text], "tuples": [line]}. Standard output is JSON with
one answer for each, and what iptables hears of every rule. All state is in a folder that is given as the argument and
is thrown away; run it in a network namespace of its own.
"""
import gettext
import io
import json
import os
import re
import subprocess
import sys
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore")
gettext.install("ufw")

import ufw.applications  # noqa: E402
import ufw.backend  # noqa: E402
import ufw.backend_iptables  # noqa: E402
import ufw.common  # noqa: E402
import ufw.frontend  # noqa: E402
import ufw.parser  # noqa: E402
import ufw.util  # noqa: E402
from ufw.common import UFWError, UFWRule  # noqa: E402

folder = sys.argv[1]
warned = []


class Refused(Exception):
    pass


def error(out, do_exit=True):
    if do_exit:
        raise Refused(out)


ufw.frontend.error = error
ufw.util.msg_output = io.StringIO()
ufw.common.do_checks = False
for module in [ufw.applications, ufw.backend, ufw.backend_iptables]:
    module.warn = lambda out: warned.append(out.value if isinstance(out, UFWError) else str(out))


def prepare():
    for name in ["etc/ufw/applications.d", "etc/default", "lib/ufw", "share"]:
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    write("etc/default/ufw", "IPV6=yes\n" + "".join(
        f'DEFAULT_{chain}_POLICY="DROP"\n' for chain in ["INPUT", "OUTPUT", "FORWARD", "APPLICATION"]))
    write("etc/ufw/ufw.conf", "ENABLED=no\nLOGLEVEL=low\n")
    for name in ["user", "before", "after"]:
        for family in ["", "6"]:
            write(f"etc/ufw/{name}{family}.rules", "*filter\nCOMMIT\n")
    for name in ["ufw-init", "before.init", "after.init"]:
        write(f"lib/ufw/{name}", "")
        write(f"etc/ufw/{name}", "")


def write(name, text):
    with open(os.path.join(folder, name), "w", newline="") as file:
        file.write(text)


def refusal(caught):
    if isinstance(caught, UFWError):
        return caught.value
    return str(caught) if isinstance(caught, Refused) else f"{type(caught).__name__}: {caught}"


def facts(rule, iptype=None):
    heard = []
    if rule.dapp == "" and rule.sapp == "":
        for protocol in ["tcp", "udp"] if rule.protocol == "any" else [rule.protocol]:
            if protocol not in ["tcp", "udp"]:
                continue
            text = UFWRule.format_rule(rule)
            found = re.findall(r"-m multiport|--[ds]ports? \S+", text)
            if any(each.startswith("--") for each in found):
                heard.append(listen(protocol, " ".join(found)))
    return {
        "dport": rule.dport, "sport": rule.sport, "protocol": rule.protocol, "dapp": rule.dapp, "sapp": rule.sapp,
        "action": rule.action, "remove": rule.remove, "forward": rule.forward, "direction": rule.direction,
        "in": rule.interface_in, "out": rule.interface_out, "src": rule.src, "dst": rule.dst, "type": iptype,
        "heard": heard,
    }


batch = []


def listen(protocol, match):
    batch.append(f"-p {protocol} {match}")
    return len(batch) - 1


def hear():
    """What iptables has after it was told: the ports of every rule, or why it refuses one."""
    answers = [None] * len(batch)
    lines = {}
    for number, match in enumerate(batch):
        lines.setdefault(match, []).append(number)
    kept = []
    for match, numbers in lines.items():
        # A leading zero is what iptables may stumble over; the rest goes through together.
        if re.search(r"[ ,:]0", match):
            done = restore(f"-A t {match} -j ACCEPT\n")
            if done.returncode != 0:
                for number in numbers:
                    answers[number] = {"refusal": done.stderr.strip().split("\n")[0]}
                continue
        kept.append((match, numbers))
    text = "".join(f'-A t {match} -m comment --comment "case{index}" -j ACCEPT\n' for index, (match, _) in enumerate(kept))
    done = restore(text, load=True)
    if done.returncode != 0:
        return {"trouble": done.stderr}
    saved = subprocess.run(["iptables-save"], capture_output=True, text=True).stdout
    for line in saved.split("\n"):
        case = re.search(r"--comment case(\d+)", line)
        if case:
            ports = {side: re.findall(rf"--{side}ports? (\S+)", line) for side in "ds"}
            protocol = re.search(r"-p (\S+)", line).group(1)
            for number in kept[int(case.group(1))][1]:
                answers[number] = {"protocol": protocol, "dport": ports["d"], "sport": ports["s"]}
    return {"answers": answers}


def restore(rules, load=False):
    text = "*filter\n:t - [0:0]\n" + rules + "COMMIT\n"
    command = ["iptables-restore"] + ([] if load else ["--test"])
    return subprocess.run(command, input=text, capture_output=True, text=True)


def command(words):
    # Some rules are there, for `insert` to have a place among them.
    backend.rules = [UFWRule("deny", "tcp", str(port)) for port in [60001, 60002, 60003]]
    backend.rules6 = [rule.dup_rule() for rule in backend.rules]
    for rule in backend.rules6:
        rule.set_v6(True)
    ufw.util.msg_output = io.StringIO()
    try:
        answer = ufw.frontend.parse_command(["ufw"] + [word for word in words if not re.match("--(root|data)dir=", word)])
        if "type" in answer.data and answer.data["type"] == "app":
            index = 1 if words[0].lower() == "--dry-run" else 0
            if words[index].lower() != "app":
                ui.do_action(answer.action, "", "", answer.force)
        if "rule" not in answer.data:
            return {"valid": True}
        rule = answer.data["rule"]
        result = facts(rule.dup_rule(), answer.data["iptype"])
        ui.do_action(answer.action, rule, answer.data["iptype"], answer.force)
        return {"valid": True, "rule": result}
    except (Exception, Refused) as caught:
        return {"valid": False, "words": refusal(caught)}


def profiles(text):
    for name in os.listdir(os.path.join(folder, "profiles")):
        os.unlink(os.path.join(folder, "profiles", name))
    write("profiles/file", text)
    warned.clear()
    found = ufw.applications.get_profiles(os.path.join(folder, "profiles"))
    answer = {}
    for name, profile in found.items():
        rules = []
        for item in ufw.applications.get_ports(profile):
            port, protocol = ufw.util.parse_port_proto(item)
            rules.append(facts(UFWRule("allow", protocol, port)))
        answer[name] = rules
    return {"profiles": answer, "warnings": list(warned)}


def tuples(line):
    write("etc/ufw/user.rules", line + "\n")
    backend.rules, backend.rules6 = [], []
    warned.clear()
    try:
        backend._read_rules()
    except Exception as caught:
        return {"valid": False, "words": refusal(caught)}
    return {"valid": len(backend.rules) == 1, "words": " ".join(warned), "rule": facts(backend.rules[0]) if backend.rules else None}


os.makedirs(os.path.join(folder, "profiles"), exist_ok=True)
prepare()
ui = ufw.frontend.UFWFrontend(True, rootdir=folder, datadir=folder)
backend = ui.backend
backend.use_ipv6 = lambda: True
for name, ports in {"Samba": "137,138/udp|139,445/tcp", "OpenSSH": "22/tcp", "Nginx Full": "80,443/tcp"}.items():
    backend.profiles[name] = {"title": name, "description": name, "ports": ports}

asked = json.load(sys.stdin)
answers = {
    "commands": [command(words) for words in asked["commands"]],
    "profiles": [profiles(text) for text in asked["profiles"]],
    "tuples": [tuples(line) for line in asked["tuples"]],
}
answers["heard"] = hear()
json.dump(answers, sys.stdout)
