package io.vmkit.qemu.argv;

/** QEMU's monitor by QMP. */
final class MonitorArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    arguments
        .option(
            "-chardev",
            QemuOption.of("socket")
                .with("id", "qmp0")
                .with("path", launch.files().qmpSocket())
                .with("server", "on")
                .with("wait", "off"))
        .option("-mon", QemuOption.pairs().with("chardev", "qmp0").with("mode", "control"));
  }
}
