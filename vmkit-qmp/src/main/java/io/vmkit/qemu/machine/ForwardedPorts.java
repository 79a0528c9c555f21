package io.vmkit.qemu.machine;

import io.vmkit.qemu.machine.MachineRecord.Forward;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what the monitor's {@code info usernet} says of forwarded ports. */
public final class ForwardedPorts {
  /** As in {@code TCP[HOST_FORWARD] 12 127.0.0.1 37935 10.0.2.15 22 0 0}. */
  private static final Pattern LINE =
      Pattern.compile("TCP\\[HOST_FORWARD]\\s+\\d+\\s+\\S+\\s+(\\d+)\\s+\\S+\\s+(\\d+)\\s");

  private ForwardedPorts() {}

  /**
   * {@return the forwards, host ports as QEMU picked them}
   *
   * @param usernet the answer to {@code info usernet}
   */
  public static List<Forward> parse(String usernet) {
    return LINE.matcher(usernet).results().map(ForwardedPorts::forward).toList();
  }

  private static Forward forward(MatchResult line) {
    return new Forward(Integer.parseInt(line.group(2)), Integer.parseInt(line.group(1)));
  }
}
