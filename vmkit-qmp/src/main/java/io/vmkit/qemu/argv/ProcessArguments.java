package io.vmkit.qemu.argv;

/**
 * QEMU as a process: it goes to the background when its devices are made, so that its exit code
 * says whether the start went well, and its standard error goes to a file that stays.
 *
 * <p>The seccomp sandbox cannot forbid {@code setsid} and {@code fork} here: going to the
 * background needs both.
 */
final class ProcessArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    arguments
        .option("-name", QemuOption.of(launch.machine().name()).with("debug-threads", "on"))
        .option("-uuid", launch.machine().uuid())
        .flag("-no-user-config")
        .flag("-nodefaults")
        .option("-display", "none")
        .option("-vga", "none")
        .flag("-S")
        .flag("-daemonize")
        .option("-pidfile", launch.files().pidFile())
        .option("-D", launch.files().qemuLog())
        .option("-msg", "timestamp=on")
        .option(
            "-sandbox",
            QemuOption.of("on").with("obsolete", "deny").with("resourcecontrol", "deny"));
  }
}
