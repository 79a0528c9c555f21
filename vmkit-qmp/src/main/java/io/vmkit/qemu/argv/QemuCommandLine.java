package io.vmkit.qemu.argv;

import java.util.List;

/** The command line that starts a machine, processors still standing ({@code -S}). */
public final class QemuCommandLine {
  private static final List<Contributor> CONTRIBUTORS =
      List.of(
          new ProcessArguments(),
          new MachineArguments(),
          new FirmwareArguments(),
          new KernelArguments(),
          new DiskArguments(),
          new SeedArguments(),
          new NetworkArguments(),
          new ConsoleArguments(),
          new AgentArguments(),
          new EntropyArguments(),
          new MonitorArguments());

  private QemuCommandLine() {}

  /**
   * {@return QEMU's arguments, the program itself not included}
   *
   * @param launch what to start
   */
  public static List<String> of(Launch launch) {
    Arguments arguments = new Arguments();
    CONTRIBUTORS.forEach(each -> each.contribute(launch, arguments));
    return arguments.toList();
  }
}
