package io.vmkit.host;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.value.Architecture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Findings about programs: present, and where the version matters, able to tell it. */
record ProgramChecks(HostRoot host, Mending mending, CommandRunner runner) {
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

  /** A program, the package of Debian that brings it, and whether ordinary machines need it. */
  private record Program(
      Topic topic, String name, String debianPackage, boolean needed, boolean tellsVersion) {}

  /** {@return the package of Debian that emulates an architecture} */
  static String packageOf(Architecture guest) {
    return guest == Architecture.X86_64 ? "qemu-system-x86" : "qemu-system-arm";
  }

  /** {@return the findings, with that architecture's emulator as the one that is needed} */
  List<Finding> findings(Architecture hostArchitecture) {
    boolean x86 = hostArchitecture == Architecture.X86_64;
    return List.of(
            new Program(
                Topic.QEMU_X86_64, "qemu-system-x86_64", packageOf(Architecture.X86_64), x86, true),
            new Program(
                Topic.QEMU_AARCH64,
                "qemu-system-aarch64",
                packageOf(Architecture.AARCH64),
                !x86,
                true),
            new Program(Topic.QEMU_IMG, "qemu-img", "qemu-utils", true, true),
            new Program(Topic.MMDEBSTRAP, "mmdebstrap", "mmdebstrap", true, false),
            new Program(Topic.E2FSPROGS, "mke2fs", "e2fsprogs", true, false),
            new Program(Topic.SSH_CLIENT, "ssh", "openssh-client", false, false),
            new Program(Topic.SWTPM, "swtpm", "swtpm", false, false))
        .stream()
        .map(this::finding)
        .toList();
  }

  private Finding finding(Program program) {
    Optional<Path> found = host.program(program.name());
    if (found.isEmpty()) {
      return missing(program, program.name() + " is not installed");
    }
    return program.tellsVersion() ? version(program, found.get()) : ok(program, found.get(), "");
  }

  private Finding version(Program program, Path file) {
    Command command = Command.of(file.toString(), "--version").timeout(VERSION_LIMIT).build();
    try {
      CommandResult result = runner.run(command);
      if (!result.succeeded()) {
        String said = result.errors().strip();
        return missing(program, file + " ended with exit code " + result.exitCode() + ": " + said);
      }
      return ok(program, file, ": " + result.output().lines().findFirst().orElse(""));
    } catch (CommandFailed | DeadlineExceeded e) {
      return missing(program, file + " does not run: " + e.cameBack());
    }
  }

  private Finding ok(Program program, Path file, String words) {
    return Finding.ok(program.topic(), file + words);
  }

  private Finding missing(Program program, String detail) {
    String line = mending.install(program.debianPackage());
    return program.needed()
        ? Finding.lacking(program.topic(), detail, line)
        : Finding.optional(program.topic(), detail, line);
  }
}
