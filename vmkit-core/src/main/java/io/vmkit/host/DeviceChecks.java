package io.vmkit.host;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Findings about devices, networks and daemons: what is there and open to this user. */
record DeviceChecks(HostRoot host, HostUser user, Mending mending) {
  /** Of the one old daemon, then of the modular one for QEMU; libvirt's daemons.html. */
  private static final List<String> LIBVIRT_SOCKETS =
      List.of("/run/libvirt/libvirt-sock", "/run/libvirt/virtqemud-sock");

  Finding kvm(Optional<Accelerator> verdict) {
    if (verdict.isEmpty()) {
      KvmDevice device = KvmDevice.of(host, user);
      return new Finding(
          Topic.KVM,
          Finding.Status.OPTIONAL,
          device.refusal().orElse("/dev/kvm opens, but was not proved to work"),
          device.mendingLine());
    }
    Accelerator accelerator = verdict.get();
    return accelerator.kind() == Accelerator.Kind.KVM
        ? Finding.ok(Topic.KVM, accelerator.reason())
        : new Finding(
            Topic.KVM, Finding.Status.OPTIONAL, accelerator.reason(), accelerator.mendingLine());
  }

  Finding fuse() {
    if (!host.has("/dev/fuse")) {
      return Finding.optional(Topic.FUSE, "there is no /dev/fuse", mending.asRoot("modprobe fuse"));
    }
    if (!host.mayOpen("/dev/fuse")) {
      return Finding.optional(
          Topic.FUSE,
          user.name() + " may not open /dev/fuse",
          mending.open("/dev/fuse", host.groupOf("/dev/fuse")));
    }
    if (!user.isRoot() && host.program("fusermount3").isEmpty()) {
      return Finding.optional(Topic.FUSE, "fusermount3 is not installed", mending.install("fuse3"));
    }
    return Finding.ok(Topic.FUSE, "/dev/fuse opens");
  }

  Finding libvirt() {
    Optional<String> socket = LIBVIRT_SOCKETS.stream().filter(host::has).findFirst();
    if (socket.isPresent()) {
      return host.mayOpen(socket.get())
          ? Finding.ok(Topic.LIBVIRT, socket.get() + " is open to " + user.name())
          : Finding.optional(
              Topic.LIBVIRT,
              user.name() + " may not use " + socket.get(),
              mending.open(socket.get(), host.groupOf(socket.get())));
    }
    for (String daemon : List.of("libvirtd", "virtqemud")) {
      if (host.program(daemon).isPresent()) {
        return Finding.optional(
            Topic.LIBVIRT,
            daemon + " is installed, but has no socket in /run/libvirt",
            mending.asRoot(
                Files.isDirectory(host.file("/run/systemd/system"))
                    ? "systemctl enable --now " + daemon + ".socket"
                    : daemon + " -d"));
      }
    }
    return Finding.optional(
        Topic.LIBVIRT, "libvirt is not installed", mending.install("libvirt-daemon-system"));
  }

  Finding bridges() {
    List<String> names = bridgeNames();
    if (names.isEmpty()) {
      return Finding.optional(
          Topic.BRIDGES,
          "there is none; user networking needs none",
          mending.asRoot("ip link add br0 type bridge"));
    }
    return Finding.ok(Topic.BRIDGES, String.join(", ", names));
  }

  private List<String> bridgeNames() {
    List<String> names = new ArrayList<>();
    Path interfaces = host.file("/sys/class/net");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(interfaces)) {
      for (Path each : all) {
        if (Files.isDirectory(each.resolve("bridge"))) {
          names.add(each.getFileName().toString());
        }
      }
    } catch (NoSuchFileException e) {
      return List.of(); // No network at all.
    } catch (IOException e) {
      throw DurableFiles.fault("list " + interfaces, e);
    }
    Collections.sort(names);
    return names;
  }
}
