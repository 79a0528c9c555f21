package io.vmkit.qemu.machine;

import io.vmkit.error.Evidence;
import io.vmkit.state.StateLayout.VmFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a machine's own files say when it fails. */
public final class MachineEvidence {
  /** How much of the end of each file is taken, in bytes: two screens or so. */
  private static final int TAIL = 4096;

  private MachineEvidence() {}

  /**
   * {@return the end of QEMU's standard error and of the serial console}
   *
   * @param files the machine's files
   */
  public static Evidence of(VmFiles files) {
    return Evidence.none()
        .with("qemu", ofQemu(files))
        .with("serial console", tail(files.serialLog()).replace("\r", ""));
  }

  /**
   * {@return the end of QEMU's standard error}
   *
   * @param files the machine's files
   */
  public static String ofQemu(VmFiles files) {
    return tail(files.qemuLog());
  }

  private static String tail(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      ByteBuffer bytes = ByteBuffer.allocate(TAIL);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the end or enough.
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }
}
