package io.vmkit.qemu;

import java.util.List;

/** What to do about the commonest reasons for which QEMU does not start, by its own words. */
final class Diagnosis {
  private record Rule(String words, String nextStep) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "Could not set up host forwarding rule",
              "a host port of the spec is taken: use another, or PortForward.toGuest(…), which has a"
                  + " free one picked"),
          new Rule("Cannot allocate memory", "give the vm less memory"),
          new Rule("No space left on device", "free some disk space"),
          new Rule(
              "Is another process using the image", "another process uses the disk: stop it first"),
          new Rule("Permission denied", "see who may read the file that it names"),
          new Rule("No such file or directory", "a file of the vm is missing: see which"));

  private Diagnosis() {}

  /** What QEMU's own words call for; what the guest said would only mislead. */
  static String of(String said) {
    return RULES.stream()
        .filter(rule -> said.contains(rule.words()))
        .map(Rule::nextStep)
        .findFirst()
        .orElse("see what it said");
  }
}
