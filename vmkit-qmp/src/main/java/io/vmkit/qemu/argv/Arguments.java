package io.vmkit.qemu.argv;

import java.util.ArrayList;
import java.util.List;

/** Command-line arguments in the making. */
final class Arguments {
  private final List<String> argv = new ArrayList<>();

  Arguments flag(String flag) {
    argv.add(flag);
    return this;
  }

  Arguments option(String flag, Object value) {
    argv.add(flag);
    argv.add(value.toString());
    return this;
  }

  Arguments device(QemuOption device) {
    return option("-device", device);
  }

  Arguments blockdev(QemuOption node) {
    return option("-blockdev", node);
  }

  List<String> toList() {
    return List.copyOf(argv);
  }
}
