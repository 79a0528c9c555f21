package io.vmkit.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.qemu.machine.MachineRecord.Forward;
import org.junit.jupiter.api.Test;

class ForwardedPortsTest {
  /** As QEMU 7.2 says it, with CRLF as the monitor for people has it. */
  private static final String TWO_INTERFACES =
      """
      Hub -1 (net0):
        Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
        TCP[ESTABLISHED]   23        10.0.2.15 49152   93.184.216.34   443     0     0
        TCP[HOST_FORWARD]  12        127.0.0.1 37935       10.0.2.15    22     0     0
        TCP[HOST_FORWARD]  13        127.0.0.1  8080       10.0.2.15    80     0     0
        UDP[HOST_FORWARD]  14        127.0.0.1  5353       10.0.2.15    53     0     0
      Hub -1 (net1):
        Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
        TCP[HOST_FORWARD]  15                * 40001               *   443     0     0
        ICMP[11 sec]       16        10.0.2.15     -         8.8.8.8     0     0     0
      """
          .replace("\n", "\r\n");

  @Test
  void onlyTcpForwardsAreTakenOfAllInterfaces() {
    assertThat(ForwardedPorts.parse(TWO_INTERFACES))
        .containsExactly(new Forward(22, 37935), new Forward(80, 8080), new Forward(443, 40001));
  }

  @Test
  void aMachineWithoutNetworkHasNone() {
    assertThat(ForwardedPorts.parse("")).isEmpty();
  }
}
