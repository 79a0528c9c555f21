# Sourced by the other scripts: brings what a Debian or Ubuntu host lacks, and says what it does.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command as root: as it is for root, by sudo otherwise.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "This needs root, and there is no sudo. As root, run: $*"
  fi
}

is_installed() {
  dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

# Installs those of the packages that are missing. Asks for nothing when none is.
need_packages() {
  command -v apt-get >/dev/null ||
    die "This script knows Debian and Ubuntu. Install by hand what stands for: $*"
  local missing=()
  local package
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "Installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive ${RUNLEVEL:+RUNLEVEL="$RUNLEVEL"} \
    apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# Building images without root needs a range of user ids (subuid(5)).
need_user_ids() {
  [ "$(id -u)" -eq 0 ] && return
  local user
  user=$(id -un)
  grep -q "^$user:" /etc/subuid 2>/dev/null && grep -q "^$user:" /etc/subgid 2>/dev/null && return
  say "Giving $user a range of user ids for images built without root"
  as_root usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "$user"
}

is_jdk_17() { "$1" -version 2>&1 | grep -qE '^javac (1[7-9]|[2-9][0-9])'; }

# A JDK of 17 or later, in JAVA_HOME or PATH; Debian's 17 where there is none.
need_java() {
  if ! is_jdk_17 "${JAVA_HOME:+$JAVA_HOME/bin/}javac"; then
    unset JAVA_HOME
    need_packages openjdk-17-jdk-headless
    is_jdk_17 javac || die "javac in PATH is older than 17: set JAVA_HOME to a JDK of 17 or later."
  fi
  command -v mvn >/dev/null || need_packages maven
}

# Images are made from the host's own package lists.
need_package_lists() {
  [ -n "$(apt-cache madison busybox-static)" ] && return
  say "Fetching the package lists"
  as_root apt-get update -q
}

# What vmkit itself uses on a host.
need_vmkit_tools() {
  need_packages ca-certificates e2fsprogs mmdebstrap openssh-client ovmf procps \
    qemu-system-x86 qemu-utils uidmap util-linux xz-utils zstd
  need_package_lists
  need_user_ids
}
