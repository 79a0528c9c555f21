package io.vmkit.qmp.codec;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Streams with a few things wrong: bytes flipped, dropped, doubled, put in; pieces repeated. */
public final class Mutations {
  private static final byte[] TELLING = {'{', '}', '[', ']', '"', '\\', (byte) 0xFF, 0, '\n'};

  private Mutations() {}

  public static byte[] of(byte[] bytes, Random random) {
    byte[] result = bytes;
    for (int i = 1 + random.nextInt(4); i > 0 && result.length > 0; i--) {
      result = mutated(result, random);
    }
    return result;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int count = random.nextInt(Math.min(40, bytes.length - at) + 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    int resume = at;
    switch (random.nextInt(5)) {
      case 0 -> out.write(bytes[resume++] ^ (1 << random.nextInt(8)));
      case 1 -> resume += count;
      case 2 -> out.write(bytes, at, count);
      case 3 -> out.write(TELLING[random.nextInt(TELLING.length)]);
      default -> resume = bytes.length;
    }
    out.write(bytes, resume, bytes.length - resume);
    return out.toByteArray();
  }
}
