package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;

/**
 * A script that the guest runs once, as root, at the end of its first boot.
 *
 * @param name its file name in the guest's logs
 * @param text its text, starting with {@code #!}
 */
record ShellScript(String name, String text) {
  ShellScript {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new InvalidSpec(
          "add a shell script",
          "'" + name + "' is no plain file name",
          "use letters, digits, '.', '_' and '-'");
    }
    if (!text.startsWith("#!")) {
      throw new InvalidSpec(
          "add the shell script " + name,
          "it does not start with #!",
          "name its interpreter in the first line: #!/bin/sh");
    }
  }

  /** The name only; scripts hold secrets at times. */
  @Override
  public String toString() {
    return "ShellScript[" + name + "]";
  }
}
