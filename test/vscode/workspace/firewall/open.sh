#!/bin/sh
ufw allow 22/tcp
ufw allow 010/tcp
