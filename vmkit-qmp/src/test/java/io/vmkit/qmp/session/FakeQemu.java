package io.vmkit.qmp.session;

import io.vmkit.qmp.codec.CodecLimits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that QEMU would say, and a peer that negotiates as it does. */
public final class FakeQemu {
  public static final Duration SOON = Duration.ofSeconds(10);

  public static final String GREETING =
      "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7},"
          + " \"package\": \"Debian 1:7.2\"}, \"capabilities\": [\"oob\"]}}\r\n";

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private FakeQemu() {}

  public static String idOf(String line) {
    Matcher id = ID.matcher(line);
    if (!id.find()) {
      throw new AssertionError("no id in " + line);
    }
    return id.group(1);
  }

  public static String reply(String line) {
    return reply(line, "{}");
  }

  public static String reply(String line, String value) {
    return "{\"return\": " + value + ", \"id\": " + idOf(line) + "}\r\n";
  }

  public static String event(String name, long number) {
    return "{\"timestamp\": {\"seconds\": 5, \"microseconds\": 7}, \"event\": \""
        + name
        + "\", \"data\": {\"n\": "
        + number
        + "}}\r\n";
  }

  /** A peer that has greeted and negotiates, and answers nothing else. */
  public static FakeTransport negotiating() {
    return new FakeTransport(FakeQemu::negotiate).say(GREETING);
  }

  /** A peer that carries out every command. */
  public static FakeTransport obedient() {
    return new FakeTransport((peer, line) -> peer.say(reply(line))).say(GREETING);
  }

  private static void negotiate(FakeTransport peer, String line) {
    if (line.contains("qmp_capabilities")) {
      peer.say(reply(line));
    }
  }

  /** A conversation with that peer; the line that negotiated is taken already. */
  public static QmpSession session(FakeTransport peer) {
    QmpSession session = QmpSession.open(peer, CodecLimits.DEFAULT, SOON);
    try {
      peer.line();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return session;
  }
}
