#!/bin/sh
# The same again, for a machine with ufw. Point at a port, or type another one behind "allow".
set -eu

ufw default deny incoming
ufw allow 22/tcp comment 'way in for the harbour master'
ufw allow 80,443,3000/tcp
ufw allow 443/udp
ufw allow from 10.0.0.0/8 to any port 9090 proto tcp
