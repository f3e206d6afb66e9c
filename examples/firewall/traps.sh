#!/bin/sh
# Every line of this loads, or seems to, and means something else: the Problems panel says what.
ufw allow 010/tcp
ufw allow proto tcp from any to any port 80 port 443
iptables -A INPUT -p udp --dport 70000 -j ACCEPT
iptables -A INPUT -p tcp --dport 022 -j ACCEPT
iptables -A INPUT -p tcp -m multiport --dports 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15:20 -j ACCEPT
firewall-cmd --add-port=9090-9080/tcp
firewall-cmd --add-port=1024-/tcp
