package io.vmkit.qemu.machine;

import io.vmkit.guest.ConsoleChannel;
import io.vmkit.qmp.session.UnixTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/** A machine's serial console on QEMU's socket. */
final class SerialSocket implements ConsoleChannel {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UnixTransport transport;

  private SerialSocket(UnixTransport transport) {
    this.transport = transport;
  }

  static SerialSocket connect(Path socket) {
    return new SerialSocket(UnixTransport.connect(socket, PATIENCE));
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    return transport.read(ByteBuffer.wrap(buffer));
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    transport.write(ByteBuffer.wrap(bytes), PATIENCE);
  }

  @Override
  public void close() {
    transport.close();
  }
}
