package io.vmkit.qemu.argv;

/** The serial console: a socket for one client, and a log of everything. */
final class ConsoleArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    arguments
        .option(
            "-chardev",
            QemuOption.of("socket")
                .with("id", "serial0")
                .with("path", launch.files().serialSocket())
                .with("server", "on")
                .with("wait", "off")
                .with("logfile", launch.files().serialLog())
                .with("logappend", "on"))
        .device(QemuOption.of("isa-serial").with("chardev", "serial0").with("id", "serial0"));
  }
}
