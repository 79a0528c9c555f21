package io.vmkit.qmp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a byte stream into JSON objects by counting brackets outside strings, so that it needs no
 * line ends: QEMU with {@code pretty=on} spreads a message over many lines.
 *
 * <p>The guest agent's sentinel, the byte 0xFF, never occurs in UTF-8. Where sentinels are taken,
 * it ends whatever came before it.
 */
final class JsonFramer {
  private static final int SENTINEL = 0xFF;
  private static final int INITIAL_BYTES = 4096;

  /** A buffer that one long message has grown is not kept above this size. */
  private static final int KEPT_BYTES = 1 << 20;

  private final CodecLimits limits;
  private final boolean sentinels;
  private byte[] frame = new byte[INITIAL_BYTES];
  private int length;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean complete;
  private boolean delimited;
  private boolean skipping;

  JsonFramer(CodecLimits limits, boolean sentinels) {
    this.limits = limits;
    this.sentinels = sentinels;
  }

  /**
   * Takes bytes until an object is complete or none are left. The object is in {@link #frame()}
   * until the next call.
   *
   * @return whether an object is complete
   */
  boolean advance(ByteBuffer in) throws MalformedMessage {
    if (complete) {
      reset();
    }
    while (in.hasRemaining() && !complete) {
      if (skipping) {
        skip(in);
      } else if (depth == 0) {
        begin(in.get() & 0xFF);
      } else {
        collect(in);
      }
    }
    return complete;
  }

  /** Throws away all that comes until the next sentinel. */
  void skipToSentinel() {
    reset();
    delimited = false;
    skipping = true;
  }

  /** {@return the buffer that holds the object, from 0 to {@link #length()}} */
  byte[] frame() {
    return frame;
  }

  int length() {
    return length;
  }

  /** {@return whether a sentinel stood right before the object} */
  boolean delimited() {
    return delimited;
  }

  private void skip(ByteBuffer in) {
    while (in.hasRemaining() && skipping) {
      if ((in.get() & 0xFF) == SENTINEL) {
        sentinel();
      }
    }
  }

  private void sentinel() {
    reset();
    skipping = false;
    delimited = true;
  }

  private void begin(int b) throws MalformedMessage {
    if (b == '{') {
      append(new byte[] {'{'}, 0, 1);
      depth = 1;
    } else if (b == SENTINEL && sentinels) {
      sentinel();
    } else if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
      throw new MalformedMessage(String.format("a message began with byte 0x%02x, not with {", b));
    }
  }

  /** Takes what belongs to the object; stops after its last bracket or at a sentinel. */
  private void collect(ByteBuffer in) throws MalformedMessage {
    byte[] bytes = in.array();
    int start = in.arrayOffset() + in.position();
    int end = in.arrayOffset() + in.limit();
    int at = start;
    while (at < end && depth > 0 && bytes[at] != (byte) SENTINEL) {
      see(bytes[at++]);
    }
    append(bytes, start, at - start);
    in.position(at - in.arrayOffset());
    complete = depth == 0;
    if (at < end && depth > 0) {
      in.get();
      breakOff();
    }
  }

  private void breakOff() throws MalformedMessage {
    if (!sentinels) {
      throw new MalformedMessage("byte 0xff inside a message");
    }
    sentinel();
  }

  private void see(byte b) throws MalformedMessage {
    if (inString) {
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else if (b == '"') {
        inString = false;
      }
    } else if (b == '"') {
      inString = true;
    } else if (b == '{' || b == '[') {
      deeper();
    } else if (b == '}' || b == ']') {
      depth--;
    }
  }

  private void deeper() throws MalformedMessage {
    if (++depth > limits.depth()) {
      throw new MalformedMessage("a message is nested deeper than " + limits.depth() + " levels");
    }
  }

  private void append(byte[] bytes, int from, int count) throws MalformedMessage {
    if (count > limits.messageBytes() - length) {
      throw new MalformedMessage("a message is longer than " + limits.messageBytes() + " bytes");
    }
    if (length + count > frame.length) {
      int twice = (int) Math.min(2L * frame.length, limits.messageBytes());
      frame = Arrays.copyOf(frame, Math.max(twice, length + count));
    }
    System.arraycopy(bytes, from, frame, length, count);
    length += count;
  }

  private void reset() {
    if (complete) {
      delimited = false;
    }
    if (frame.length > KEPT_BYTES) {
      frame = new byte[INITIAL_BYTES];
    }
    length = 0;
    depth = 0;
    inString = false;
    escaped = false;
    complete = false;
  }
}
