package io.vmkit.examples.bench;

import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import io.vmkit.process.HostProcess;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The same QEMU started by nothing: its command line run, its monitor told to go on, by the JDK's
 * own socket. What this takes is QEMU's share of a start.
 */
final class BareQemu {
  private BareQemu() {}

  /** Copies a machine's disks, so that a bare QEMU has the same ones to open. */
  static void copyDisks(List<Path> disks, Path directory) throws IOException {
    DurableFiles.removeTree(directory);
    Files.createDirectories(directory);
    for (Path disk : disks) {
      Files.copy(disk, directory.resolve(disk.getFileName()));
    }
  }

  /** Starts and ends one QEMU in a directory, and returns the nanoseconds until its CPUs run. */
  static long start(List<String> argv, Path directory) throws IOException {
    Command command = Command.of("qemu-system-x86_64").args(argv).build();
    CommandRunner runner = CommandRunner.system();
    long begun = System.nanoTime();
    runner.run(command).orThrow("see what QEMU said");
    SocketChannel monitor = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (monitor) {
      monitor.connect(UnixDomainSocketAddress.of(directory.resolve("qmp")));
      say(monitor, "");
      say(monitor, "{\"execute\":\"qmp_capabilities\"}\n");
      say(monitor, "{\"execute\":\"query-chardev\"}\n");
      say(
          monitor,
          "{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"info"
              + " usernet\"}}\n");
      say(monitor, "{\"execute\":\"cont\"}\n");
    }
    long nanos = System.nanoTime() - begun;
    String pid = Files.readString(directory.resolve("qemu.pid")).strip();
    HostProcess.find(Long.parseLong(pid)).ifPresent(HostProcess::kill);
    return nanos;
  }

  /** Says a line and waits for an answer to it; events before it are passed over. */
  private static void say(SocketChannel monitor, String line) throws IOException {
    monitor.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
    String wanted = line.isEmpty() ? "\"QMP\"" : "\"return\"";
    StringBuilder heard = new StringBuilder();
    while (heard.indexOf(wanted) < 0) {
      answer.clear();
      if (monitor.read(answer) < 0) {
        throw new IOException("QEMU closed its monitor after " + line + heard);
      }
      heard.append(StandardCharsets.UTF_8.decode(answer.flip()));
    }
  }
}
