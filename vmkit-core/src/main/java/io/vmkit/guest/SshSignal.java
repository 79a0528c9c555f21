package io.vmkit.guest;

import java.util.Map;

/** Numbers of the signals that SSH names (RFC 4254, section 6.10) as Linux counts them. */
final class SshSignal {
  private static final int SIGNALLED = 128;
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("ABRT", 6),
          Map.entry("FPE", 8),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));

  private SshSignal() {}

  /** 128 + n as shells have it; 128 alone for a signal without a name of its own. */
  static int exitCode(String name) {
    return SIGNALLED + NUMBERS.getOrDefault(name, 0);
  }
}
