#!/bin/sh
# mmdebstrap's last hook. $1 is the new root; the rest comes by the environment:
# VMKIT_OUT (directory of the image), VMKIT_BYTES (size of the disk), VMKIT_LABEL (of its
# file system), VMKIT_MKE2FS (the program), VMKIT_SCRIPTS (where the other scripts are).
set -eu
root=$1
version=$(ls "$root/lib/modules" | sort -V | tail -n 1)

# --- what every machine must make for itself, and what only the build needed
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/hostname" "$root/etc/resolv.conf" \
  "$root/var/lib/dbus/machine-id" "$root/usr/sbin/policy-rc.d" \
  "$root/var/lib/systemd/random-seed" "$root"/etc/apt/apt.conf.d/99mmdebstrap "$root"/etc/dpkg/dpkg.cfg.d/99mmdebstrap
: >"$root/etc/machine-id"
ln -s ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
[ -e "$root/lib/systemd/systemd-resolved" ] || rm -f "$root/etc/resolv.conf"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb \
  "$root"/var/log/apt/* "$root"/var/log/*.log "$root"/var/cache/debconf/*-old "$root"/var/lib/dpkg/*-old \
  "$root/var/cache/ldconfig/aux-cache"
# mmdebstrap's own apt configuration is put back at the end: without it the apt that it may still
# run would work on the host's lists.
aside=$VMKIT_SCRIPTS/aside
mkdir "$aside"
find "$root/tmp" -mindepth 1 -maxdepth 1 -exec mv {} "$aside" ';'
echo 'update_initramfs=yes' >"$root/etc/initramfs-tools/update-initramfs.conf"
chroot "$root" passwd -q -l root

# --- cloud-init looks only where a virtual machine's seed can be
mkdir -p "$root/etc/cloud/cloud.cfg.d"
cat >"$root/etc/cloud/cloud.cfg.d/90_vmkit.cfg" <<'CFG'
datasource_list: [ NoCloud, ConfigDrive, None ]
# Defaults that a seed may change: making an RSA key or a locale takes an emulated machine long.
ssh_genkeytypes: [ ed25519 ]
locale: C.UTF-8
grub_dpkg: { enabled: false }
ssh: { emit_keys_to_console: false }
CFG
# The default stands already, so that cloud-init need not have it checked; others it has made here.
echo 'LANG=C.UTF-8' >"$root/etc/default/locale"
cp "$VMKIT_SCRIPTS/locale-gen" "$root/usr/local/sbin/locale-gen"
chmod 755 "$root/usr/local/sbin/locale-gen"
echo 'LABEL=vmkit-root / ext4 errors=remount-ro 0 1' >"$root/etc/fstab"

# --- nothing that waits for what a fresh machine does not have, no job that runs by itself
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  e2scrub_reap.service man-db.timer fstrim.timer; do
  rm -f "$root"/etc/systemd/system/*.wants/"$unit"
done

# --- the initial root
initrd=$root/vmkit-initrd
mkdir -p "$initrd"/bin "$initrd"/dev "$initrd"/proc "$initrd"/sys "$initrd"/root \
  "$initrd"/modules/first "$initrd"/modules/second
cp "$root/bin/busybox" "$initrd/bin/busybox"
cp "$VMKIT_SCRIPTS/init" "$initrd/init"
chmod 755 "$initrd/init"
place() { # DIRECTORY MODULE...: numbered in the order of their dependencies
  directory=$1
  shift
  number=100
  for module; do
    chroot "$root" modprobe -q -S "$version" --show-depends "$module" || true
  done | sed -n 's/^insmod //p' | awk '!seen[$1]++ { print $1 }' | while read -r file; do
    number=$((number + 1))
    target=$initrd/modules/$directory/$number-$(basename "$file")
    case $file in
      *.xz) xz -dc "$root$file" >"${target%.xz}" ;;
      *.zst) zstd -dcq "$root$file" >"${target%.zst}" ;;
      *) cp "$root$file" "$target" ;;
    esac
  done
}
place first virtio_pci virtio_blk ext4 crc32c_generic
place second virtio_scsi sd_mod nvme ahci virtio_mmio
(cd "$initrd" && find . | LC_ALL=C sort | "$initrd/bin/busybox" cpio -o -H newc) >"$VMKIT_OUT/initrd" 2>/dev/null
rm -rf "$initrd"
cp "$root/boot/vmlinuz-$version" "$VMKIT_OUT/vmlinuz"

# --- the disk; a bind mount shows the root without the /proc, /sys and /dev mounted upon it
view=$VMKIT_OUT/view
mkdir "$view"
mount --bind "$root" "$view"
# What the host's devices are mounted upon stays; the guest's own /dev will cover it.
find "$view/dev" -mindepth 1 -delete 2>/dev/null || true
"$VMKIT_MKE2FS" -q -t ext4 -L "$VMKIT_LABEL" -E root_owner=0:0 -d "$view" "$VMKIT_OUT/disk.raw" "$((VMKIT_BYTES / 1024))k"
umount "$view"
rmdir "$view"
find "$aside" -mindepth 1 -maxdepth 1 -exec mv {} "$root/tmp" ';'
