package io.vmkit.host;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an ordinary user can be root in a namespace of its own, with a range of ids as Debian
 * images need it: tried, not guessed, since kernels and their security modules refuse it in many
 * ways.
 */
record UserNamespaceCheck(HostRoot host, HostUser user, Mending mending, CommandRunner runner) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** What a whole Debian system needs: ids from 0 to 65535. */
  private static final long RANGE = 65_536;

  /** Where adduser begins; login.defs(5), SUB_UID_MIN. */
  private static final long FIRST = 100_000;

  /** Kernel settings that forbid user namespaces, with the values that do and those that do not. */
  private static final Map<String, List<String>> SWITCHES =
      Map.of(
          "kernel/unprivileged_userns_clone", List.of("0", "1"),
          "kernel/apparmor_restrict_unprivileged_userns", List.of("1", "0"),
          "user/max_user_namespaces", List.of("0", "15000"));

  Finding finding() {
    if (user.isRoot()) {
      return Finding.ok(Topic.USER_NAMESPACES, "root needs none");
    }
    if (host.program("newuidmap").isEmpty()) {
      return lacking("newuidmap is not installed", mending.install("uidmap"));
    }
    Optional<Path> unshare = host.program("unshare");
    if (unshare.isEmpty()) {
      return lacking("unshare is not installed", mending.install("util-linux"));
    }
    for (String file : List.of("/etc/subuid", "/etc/subgid")) {
      if (!hasRange(host.lines(file))) {
        return lacking(
            file + " gives " + user.name() + " no range of " + RANGE + " ids", addRanges());
      }
    }
    return tried(unshare.get());
  }

  private Finding tried(Path unshare) {
    Command command =
        Command.of(unshare.toString(), "--map-root-user", "--map-auto", "true")
            .timeout(LIMIT)
            .build();
    try {
      CommandResult result = runner.run(command);
      return result.succeeded()
          ? Finding.ok(Topic.USER_NAMESPACES, "made one with a range of ids")
          : lacking(result.command() + " said: " + result.errors().strip(), allow());
    } catch (CommandFailed | DeadlineExceeded e) {
      return lacking(e.attempted() + ": " + e.cameBack(), allow());
    }
  }

  private String allow() {
    return SWITCHES.entrySet().stream()
        .filter(each -> setting(each.getKey()).equals(each.getValue().get(0)))
        .map(each -> each.getKey().replace('/', '.') + "=" + each.getValue().get(1))
        .sorted()
        .reduce((one, other) -> one + " " + other)
        .map(settings -> mending.asRoot("sysctl -w " + settings))
        .orElse("build images as root, or on a host that allows user namespaces");
  }

  private String setting(String name) {
    return host.firstLine("/proc/sys/" + name);
  }

  /** Lines are {@code user:first:count}, the user by name or id; subuid(5). */
  private boolean hasRange(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length == 3 && isUser(fields[0]))
        .anyMatch(fields -> number(fields[2]) >= RANGE);
  }

  private boolean isUser(String field) {
    return field.equals(user.name()) || field.equals(Integer.toString(user.uid()));
  }

  private String addRanges() {
    long first = Math.max(firstFree("/etc/subuid"), firstFree("/etc/subgid"));
    String range = first + "-" + (first + RANGE - 1);
    return mending.asRoot(
        "usermod --add-subuids " + range + " --add-subgids " + range + " " + user.name());
  }

  private long firstFree(String file) {
    return host.lines(file).stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length == 3)
        .mapToLong(fields -> number(fields[1]) + number(fields[2]))
        .reduce(FIRST, Math::max);
  }

  /** {@return the number, or 0 for what is none, as newuidmap ignores such lines} */
  private static long number(String field) {
    return field.matches("[0-9]{1,10}") ? Long.parseLong(field) : 0;
  }

  private static Finding lacking(String detail, String mendingLine) {
    return Finding.lacking(Topic.USER_NAMESPACES, detail, mendingLine);
  }
}
