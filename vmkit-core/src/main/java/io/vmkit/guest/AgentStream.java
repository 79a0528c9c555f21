package io.vmkit.guest;

import io.vmkit.error.PeerRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Files of the guest as streams, by guest-file-read and guest-file-write. */
final class AgentStream {
  private AgentStream() {}

  static InputStream reading(AgentCalls calls, String path) throws IOException {
    return new Reading(calls, open(calls, path, "r"));
  }

  static OutputStream writing(AgentCalls calls, String path) throws IOException {
    return new Writing(calls, path, open(calls, path, "w"));
  }

  private static long open(AgentCalls calls, String path, String mode) throws IOException {
    try {
      return calls.open(path, mode);
    } catch (PeerRefused e) {
      throw fault(path, e);
    }
  }

  /** The agent has no codes for errors; the words are those of strerror(3) in the C locale. */
  private static IOException fault(String path, PeerRefused e) {
    String said = e.cameBack();
    FileSystemException fault;
    if (said.contains("No such file")) {
      fault = new NoSuchFileException(path);
    } else if (said.contains("Permission denied")) {
      fault = new AccessDeniedException(path);
    } else {
      fault = new FileSystemException(path, null, said);
    }
    fault.initCause(e);
    return fault;
  }

  private static final class Reading extends InputStream {
    private final AgentCalls calls;
    private final long handle;
    private byte[] part = new byte[0];
    private int position;
    private boolean end;

    Reading(AgentCalls calls, long handle) {
      this.calls = calls;
      this.handle = handle;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (position == part.length) {
        if (end) {
          return -1;
        }
        AgentCalls.Part next = calls.read(handle);
        part = next.bytes();
        position = 0;
        end = next.end() || part.length == 0;
      }
      int count = Math.min(length, part.length - position);
      System.arraycopy(part, position, target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() {
      calls.close(handle);
    }
  }

  private static final class Writing extends OutputStream {
    private final AgentCalls calls;
    private final String path;
    private final long handle;

    Writing(AgentCalls calls, String path, long handle) {
      this.calls = calls;
      this.path = path;
      this.handle = handle;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        calls.write(handle, bytes, offset, length);
      } catch (PeerRefused e) {
        throw fault(path, e);
      }
    }

    /** Errors of a full disk may come only here. */
    @Override
    public void close() throws IOException {
      try {
        calls.flush(handle);
      } catch (PeerRefused e) {
        throw fault(path, e);
      } finally {
        calls.close(handle);
      }
    }
  }
}
