#!/bin/sh
# mmdebstrap's essential hook: runs before the packages are configured. $1 is the new root.
set -eu
# The image boots with an initial RAM disk of our own; the distribution's takes long to make.
mkdir -p "$1/etc/initramfs-tools" "$1/etc/kernel"
echo 'update_initramfs=no' >"$1/etc/initramfs-tools/update-initramfs.conf"
# mkfs of a guest's first boot is not ours to do: services start when the machine does, not here.
printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
chmod 755 "$1/usr/sbin/policy-rc.d"
