#!/usr/bin/env bash
# Builds everything and runs all tests: unit tests, and integration tests with real QEMU guests.
# Works on a Debian or Ubuntu machine that has none of what it needs, as root or as an ordinary user.
#
#   scripts/test.sh [MAVEN ARGUMENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/host.sh

need_java
need_vmkit_tools
# Peers that the tests hold vmkit against.
need_packages busybox-static cloud-image-utils debian-archive-keyring genisoimage python3 \
  python3-configobj python3-jinja2 python3-jsonpatch python3-jsonschema python3-netifaces \
  python3-oauthlib python3-requests python3-serial python3-yaml xorriso
# The tests start sshd themselves, on a loopback port; the package's own service is not wanted.
if [ ! -x /usr/sbin/sshd ]; then
  say "Installing sshd with its service masked (undo by: systemctl unmask ssh.service ssh.socket)"
  as_root mkdir -p /etc/systemd/system
  as_root ln -s -f /dev/null /etc/systemd/system/ssh.service
  as_root ln -s -f /dev/null /etc/systemd/system/ssh.socket
  RUNLEVEL=1 need_packages openssh-server
fi

mvn --batch-mode --no-transfer-progress verify "$@"

# The same unit tests on a newer JDK, where one is installed.
newer=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -n 1 || true)
if [ -n "$newer" ] && [ $# -eq 0 ]; then
  say "Unit tests again on $("$newer" -version 2>&1 | head -n 1)"
  mvn --batch-mode --no-transfer-progress package -Dmaven.javadoc.skip -Dmaven.source.skip \
    -Djvm="$newer" -Dvmkit.test.args=--enable-native-access=ALL-UNNAMED
fi
