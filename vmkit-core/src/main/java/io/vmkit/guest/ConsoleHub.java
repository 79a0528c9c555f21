package io.vmkit.guest;

import io.vmkit.error.ProtocolFailure;
import io.vmkit.event.EventHub;
import io.vmkit.event.Subscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The one owner of a machine's serial console: QEMU lets a single client in, and the hub serves all
 * who are interested. It always reads, so that the guest never blocks on its console. Thread-safe.
 *
 * <pre>
 * guest → ConsoleChannel → reader thread → history (the last 256 KiB)
 *                                        → lines → each subscription's own queue
 * </pre>
 *
 * <p>The driver makes and closes hubs; closing one ends its thread and all subscriptions.
 */
public final class ConsoleHub implements AutoCloseable {
  /** How much of the past is kept, in bytes. */
  public static final int HISTORY_BYTES = 256 * 1024;

  private static final int LONGEST_LINE = 64 * 1024;

  /** ECMA-48 control sequences (CSI) and the two-byte escapes that boot messages use. */
  private static final Pattern CONTROL =
      Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|[@-Z\\\\-_c78])|[\\x00-\\x08\\x0b-\\x1f\\x7f]");

  private final ConsoleChannel channel;
  private final EventHub<ConsoleLine> lines = new EventHub<>();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private final Deque<ConsoleLine> past = new ArrayDeque<>();
  private int pastBytes;

  private ConsoleHub(ConsoleChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a console over and begins to read.
   *
   * @param channel the console, now owned by the hub
   * @param history what it said before, as far as known
   * @param name names the reader thread
   * @return the hub
   */
  public static ConsoleHub over(ConsoleChannel channel, byte[] history, String name) {
    ConsoleHub hub = new ConsoleHub(channel);
    hub.take(history, history.length);
    Thread reader = new Thread(hub::readAll, "vmkit-console-" + name);
    reader.setDaemon(true);
    reader.start();
    return hub;
  }

  private void readAll() {
    byte[] buffer = new byte[8192];
    try {
      for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
        take(buffer, count);
      }
    } catch (IOException e) {
      // The connection went away with its machine; who listens sees the end of the subscription.
      take(("[console lost: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8));
    } finally {
      lines.close();
    }
  }

  private void take(byte[] bytes) {
    take(bytes, bytes.length);
  }

  private synchronized void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != '\n') {
        current.write(bytes[i]);
      }
      if (bytes[i] == '\n' || current.size() >= LONGEST_LINE) {
        finishLine();
      }
    }
  }

  private void finishLine() {
    ConsoleLine line = new ConsoleLine(Instant.now(), currentText());
    current.reset();
    past.add(line);
    pastBytes += line.text().length() + 1;
    while (pastBytes > HISTORY_BYTES) {
      pastBytes -= past.remove().text().length() + 1;
    }
    lines.publish(line);
  }

  private String currentText() {
    return CONTROL.matcher(current.toString(StandardCharsets.UTF_8)).replaceAll("");
  }

  /**
   * Begins to collect lines: first those of the history, then each as it comes.
   *
   * @param filter which lines are wanted
   * @return the subscription, to be closed by the caller; it ends with the console
   */
  public synchronized Subscription<ConsoleLine> lines(Predicate<? super ConsoleLine> filter) {
    return lines.subscribe(filter, past);
  }

  /** {@return the finished lines of the last 256 KiB, oldest first} */
  public synchronized List<ConsoleLine> history() {
    return List.copyOf(past);
  }

  /**
   * {@return the last lines that came, the unfinished one included}
   *
   * @param count how many at most
   */
  public synchronized List<String> tail(int count) {
    List<String> all = new ArrayList<>(past.stream().map(ConsoleLine::text).toList());
    if (current.size() > 0) {
      all.add(currentText());
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - count), all.size()));
  }

  /**
   * Types on the console.
   *
   * @param text what to type; a line needs its own {@code "\n"}
   * @throws ProtocolFailure when the console is gone
   */
  public void type(String text) {
    try {
      channel.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ProtocolFailure(
          "type on the console", "", String.valueOf(e.getMessage()), "see whether the vm runs", e);
    }
  }

  @Override
  public void close() {
    channel.close();
    lines.close();
  }
}
