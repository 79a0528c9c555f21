package io.vmkit.host;

import io.vmkit.error.CommandFailed;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.value.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A host made of a few files and of answers that its programs give. */
final class FakeHost implements CommandRunner, Access {
  static final HostUser ANN = new HostUser("ann", 1000, Path.of("/home/ann"));
  static final HostUser ROOT = new HostUser("root", 0, Path.of("/root"));

  private final Path root;
  private final Map<Path, Optional<String>> closed = new HashMap<>();
  private final Map<String, CommandResult> answers = new HashMap<>();
  private final List<String> ran = new ArrayList<>();

  FakeHost(Path root) {
    this.root = root;
    file("/etc/os-release", "ID=debian\n");
  }

  FakeHost file(String path, String content) {
    try {
      Path file = root.resolve(path.substring(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeHost directory(String path) {
    return file(path + "/.keep", "");
  }

  /** A program that prints its own name and succeeds. */
  FakeHost program(String name) {
    return program(name, 0, name + " 1.0", "");
  }

  FakeHost program(String name, int exitCode, String output, String errors) {
    String path = "/usr/bin/" + name;
    file(path, "");
    Path file = root.resolve(path.substring(1));
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers.put(file.toString(), new CommandResult(name, exitCode, output, errors));
    return this;
  }

  FakeHost without(String path) {
    try {
      Files.delete(root.resolve(path.substring(1)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a file that only root may open. */
  FakeHost closed(String path) {
    return closed(path, Optional.empty());
  }

  /** Makes a file that only members of a group may open, and this user is none. */
  FakeHost closed(String path, Optional<String> group) {
    file(path, "");
    closed.put(root.resolve(path.substring(1)), group);
    return this;
  }

  HostRoot root() {
    return new HostRoot(root, List.of(Path.of("/usr/bin")), this);
  }

  @Override
  public boolean mayOpen(Path file) {
    return !closed.containsKey(file);
  }

  @Override
  public Optional<String> group(Path file) {
    return closed.getOrDefault(file, Optional.empty());
  }

  HostReport check(HostUser user) {
    return new HostCheck(root(), user, Architecture.X86_64, this, Optional.empty()).run();
  }

  List<String> ran() {
    return ran;
  }

  @Override
  public CommandResult run(Command command, Consumer<String> lines) {
    ran.add(command.toString());
    CommandResult answer = answers.get(command.argv().get(0));
    if (answer == null) {
      throw new CommandFailed(command.toString(), null, "no such program", "", null);
    }
    return answer;
  }
}
