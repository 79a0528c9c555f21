package io.vmkit.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine of bare QEMU under an image, since an image must not need a driver to be tested. */
final class BootedGuest implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process qemu;
  private final Path sockets;
  private final StringBuilder serial = new StringBuilder();

  private BootedGuest(Process qemu, Path sockets) {
    this.qemu = qemu;
    this.sockets = sockets;
    Thread reader = new Thread(this::readSerial, "serial");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts QEMU with the image's kernel, these drives, and sockets in a directory. */
  static BootedGuest start(KernelBoot boot, Path directory, String... drives) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "qemu-system-x86_64",
                "-nodefaults",
                "-nographic",
                "-machine",
                "q35,accel=tcg",
                "-smp",
                "2",
                "-m",
                "1G"));
    command.addAll(List.of("-kernel", boot.kernel().toString()));
    command.addAll(List.of("-initrd", boot.initrd().toString()));
    command.addAll(List.of("-append", boot.commandLine() + " vmkit.hostname=tim"));
    command.addAll(List.of("-serial", "stdio", "-device", "virtio-rng-pci"));
    command.addAll(List.of("-qmp", socket(directory, "qmp"), "-device", "virtio-serial-pci"));
    command.addAll(
        List.of("-chardev", "socket,id=ga,server=on,wait=off,path=" + directory + "/ga"));
    command.addAll(List.of("-device", "virtserialport,chardev=ga,name=org.qemu.guest_agent.0"));
    command.addAll(List.of("-netdev", "user,id=n", "-device", "virtio-net-pci,netdev=n"));
    for (String drive : drives) {
      command.addAll(List.of("-drive", "if=virtio," + drive));
    }
    Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new BootedGuest(qemu, directory);
  }

  private static String socket(Path directory, String name) {
    return "unix:" + directory.resolve(name) + ",server=on,wait=off";
  }

  private void readSerial() {
    try (BufferedReader lines = qemu.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (serial) {
          serial.append(line).append('\n');
          serial.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      synchronized (serial) {
        serial.notifyAll();
      }
    }
  }

  /** Waits for a text on the console; fails with all that came when QEMU ends or time runs out. */
  void awaitSerial(String text, int seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    synchronized (serial) {
      while (serial.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || !qemu.isAlive()) {
          throw new AssertionError("no '" + text + "' in:\n" + serial);
        }
        serial.wait(Math.min(left, 1000));
      }
    }
  }

  String serial() {
    synchronized (serial) {
      return serial.toString();
    }
  }

  /** Runs a shell command by the guest agent and gives what it printed. */
  String run(String script) throws IOException {
    try (SocketChannel agent = connect("ga")) {
      ObjectNode call = JSON.createObjectNode().put("execute", "guest-exec");
      ObjectNode arguments = call.putObject("arguments").put("path", "/bin/sh");
      arguments.putArray("arg").add("-c").add(script);
      arguments.put("capture-output", true);
      int pid = ask(agent, call).path("pid").asInt();
      ObjectNode status = JSON.createObjectNode().put("execute", "guest-exec-status");
      status.putObject("arguments").put("pid", pid);
      JsonNode answer = ask(agent, status);
      while (!answer.path("exited").asBoolean()) {
        answer = ask(agent, status);
      }
      byte[] output = Base64.getDecoder().decode(answer.path("out-data").asText());
      return new String(output, StandardCharsets.UTF_8).strip();
    }
  }

  /** Presses the power button and waits until QEMU has ended. */
  boolean powerOff(int seconds) throws IOException, InterruptedException {
    try (SocketChannel qmp = connect("qmp")) {
      readLine(qmp); // greeting
      ask(qmp, JSON.createObjectNode().put("execute", "qmp_capabilities"));
      ask(qmp, JSON.createObjectNode().put("execute", "system_powerdown"));
      return qemu.waitFor(seconds, TimeUnit.SECONDS);
    }
  }

  private SocketChannel connect(String name) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(sockets.resolve(name)));
    return channel;
  }

  private static JsonNode ask(SocketChannel channel, JsonNode call) throws IOException {
    channel.write(ByteBuffer.wrap((call + "\n").getBytes(StandardCharsets.UTF_8)));
    while (true) {
      JsonNode answer = JSON.readTree(readLine(channel));
      if (answer.has("error")) {
        throw new IOException(call + ": " + answer);
      }
      if (answer.has("return")) {
        return answer.path("return");
      }
    }
  }

  private static String readLine(SocketChannel channel) throws IOException {
    byte[] line = new byte[1 << 16];
    int length = 0;
    ByteBuffer one = ByteBuffer.allocate(1);
    int read = channel.read(one);
    while (read > 0 && one.get(0) != '\n') {
      line[length++] = one.get(0);
      read = channel.read(one.clear());
    }
    if (read < 0) {
      throw new EOFException("the socket was closed");
    }
    return new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    qemu.destroyForcibly();
  }
}
