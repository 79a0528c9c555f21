package io.vmkit.qmp.session;

/** The thread that reads one conversation: a daemon, and without hold on anybody's class loader. */
final class ReaderThread {
  private ReaderThread() {}

  static void start(String name, Runnable loop) {
    Thread thread = new Thread(null, loop, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }
}
