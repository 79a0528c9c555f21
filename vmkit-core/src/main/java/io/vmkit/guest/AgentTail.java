package io.vmkit.guest;

/** Reads a file of the guest while it grows. */
final class AgentTail implements AutoCloseable {
  private final AgentCalls calls;
  private final long handle;

  AgentTail(AgentCalls calls, String path) {
    this.calls = calls;
    this.handle = calls.open(path, "r");
  }

  /** What was written since the last call, at most one message of it. */
  byte[] next() {
    return calls.read(handle).bytes();
  }

  @Override
  public void close() {
    calls.close(handle);
  }
}
