#!/usr/bin/env bash
# Makes a Debian VM out of nothing but QEMU, reaches it by SSH and by guest agent, and puts it away.
# Works on a Debian or Ubuntu machine that has none of what it needs, as root or as an ordinary user.
#
#   scripts/quickstart.sh [--keep]      --keep leaves the VM running
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/host.sh

need_java
need_vmkit_tools
exec vmkit-examples/run Quickstart "$@"
