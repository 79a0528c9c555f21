package io.vmkit.image;

import io.vmkit.error.AlreadyExists;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.StorageFault;
import io.vmkit.error.VmkitException;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes and changes disk files by qemu-img(1). Thread-safe; its calls are interruptible. */
public final class QemuImg {
  private final CommandRunner runner;

  private QemuImg(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * {@return qemu-img by this runner}
   *
   * @param runner runs it
   */
  public static QemuImg by(CommandRunner runner) {
    return new QemuImg(runner);
  }

  /**
   * Makes a qcow2 that holds only what differs from its base. The base must stay as it is.
   *
   * @param overlay the new file
   * @param base the disk under it; its format is written down, so that QEMU never guesses it
   * @param size the size that a guest sees, at least the base's
   * @return the new disk
   * @throws AlreadyExists when the file is there; it is left as it is
   * @throws InvalidSpec when the size is smaller than the base's
   * @throws io.vmkit.error.HostLacks when qemu-img is not installed
   * @throws StorageFault when it cannot be written; nothing is left of it
   */
  public BaseDisk createOverlay(Path overlay, BaseDisk base, MemorySize size) {
    if (size.compareTo(base.virtualSize()) < 0) {
      throw new InvalidSpec(
          "make overlay " + overlay,
          size + " is smaller than its base, which has " + base.virtualSize(),
          "use " + base.virtualSize() + " or more");
    }
    return create(
        overlay, List.of("-F", base.format().qemuName(), "-b", base.file().toString()), size);
  }

  /**
   * Makes an empty qcow2, which takes room only as it fills.
   *
   * @param disk the new file
   * @param size the size that a guest sees
   * @return the new disk
   * @throws AlreadyExists when the file is there; it is left as it is
   * @throws io.vmkit.error.HostLacks when qemu-img is not installed
   * @throws StorageFault when it cannot be written; nothing is left of it
   */
  public BaseDisk createBlank(Path disk, MemorySize size) {
    return create(disk, List.of(), size);
  }

  /**
   * Makes a disk larger; no guest may be using it.
   *
   * @param disk the disk
   * @param size the new size, at least the present one
   * @return the disk with its new size
   * @throws InvalidSpec when the size is smaller than the present one, which would cut data off
   * @throws io.vmkit.error.HostLacks when qemu-img is not installed
   * @throws StorageFault when the file cannot be written
   */
  public BaseDisk resize(BaseDisk disk, MemorySize size) {
    if (size.compareTo(disk.virtualSize()) < 0) {
      throw new InvalidSpec(
          "resize disk " + disk.file(),
          size + " is smaller than " + disk.virtualSize() + " and would cut data off",
          "use " + disk.virtualSize() + " or more");
    }
    String attempted = "resize disk " + disk.file();
    CommandResult result =
        run(
            attempted,
            List.of(
                "resize",
                "-q",
                "-f",
                disk.format().qemuName(),
                disk.file().toString(),
                bytes(size)));
    if (!result.succeeded()) {
      throw failure(attempted, result);
    }
    return new BaseDisk(disk.file(), disk.format(), size);
  }

  private BaseDisk create(Path file, List<String> backing, MemorySize size) {
    String attempted = "make disk " + file;
    if (Files.exists(file)) {
      throw new AlreadyExists(attempted, file + " is there", "choose another name or remove it");
    }
    Command.Builder command =
        Command.of(HostTool.QEMU_IMG.require(attempted), "create", "-q", "-f", "qcow2");
    boolean made = false;
    try {
      CommandResult result =
          runner.run(command.args(backing).arg(file.toString()).arg(bytes(size)).build());
      if (!result.succeeded()) {
        throw failure(attempted, result);
      }
      made = true;
    } finally {
      if (!made) {
        deleteUnfinished(file);
      }
    }
    return new BaseDisk(file, DiskFormat.QCOW2, size);
  }

  private CommandResult run(String attempted, List<String> arguments) {
    return runner.run(Command.of(HostTool.QEMU_IMG.require(attempted)).args(arguments).build());
  }

  /** With a unit, since qemu-img takes a bare number for bytes only by default. */
  private static String bytes(MemorySize size) {
    return size.bytes() + "B";
  }

  private static void deleteUnfinished(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DurableFiles.fault("remove unfinished disk " + file, e);
    }
  }

  private static VmkitException failure(String attempted, CommandResult result) {
    String said = result.errors().strip();
    if (said.contains("No space left on device")) {
      return new StorageFault(attempted, "the disk is full", "free some space and retry");
    }
    if (said.contains("Failed to get")) {
      return new StorageFault(
          attempted, "another program uses it: " + said, "stop the machine that uses it");
    }
    return new StorageFault(attempted, said, "check the path and the file system");
  }
}
