package io.vmkit.guest;

import java.util.Set;

/**
 * What a guest agent is and can do.
 *
 * @param version its version, which is QEMU's
 * @param commands the commands that it knows and is allowed to carry out
 */
public record AgentInfo(String version, Set<String> commands) {
  /**
   * Takes a copy of the set.
   *
   * @param version its version
   * @param commands its commands
   */
  public AgentInfo {
    commands = Set.copyOf(commands);
  }
}
