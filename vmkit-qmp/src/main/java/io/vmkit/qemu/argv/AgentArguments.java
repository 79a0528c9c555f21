package io.vmkit.qemu.argv;

/** The channel to the guest agent. */
final class AgentArguments implements Contributor {
  /** The name by which the guest agent finds its channel. */
  private static final String CHANNEL = "org.qemu.guest_agent.0";

  @Override
  public void contribute(Launch launch, Arguments arguments) {
    arguments
        .device(QemuOption.of("virtio-serial-pci").with("id", "channels"))
        .option(
            "-chardev",
            QemuOption.of("socket")
                .with("id", "agent0")
                .with("path", launch.files().agentSocket())
                .with("server", "on")
                .with("wait", "off"))
        .device(
            QemuOption.of("virtserialport")
                .with("bus", "channels.0")
                .with("chardev", "agent0")
                .with("name", CHANNEL)
                .with("id", QemuIds.AGENT_PORT));
  }
}
