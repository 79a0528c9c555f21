package io.vmkit.cloudinit;

import io.vmkit.value.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * SHA-512 crypt as crypt(3) knows it by {@code $6$}: Ulrich Drepper, "Unix crypt using SHA-256 and
 * SHA-512", version 0.4. The numbers in comments are the steps of its algorithm.
 */
final class Sha512Crypt {
  static final int DEFAULT_ROUNDS = 5000;
  static final int MAX_SALT = 16;

  /** The digits of crypt's base 64, also those of salts. */
  static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final int SIZE = 64;

  private Sha512Crypt() {}

  /** The whole string for {@code /etc/shadow}. */
  static String hash(String password, String salt, int rounds) {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    byte[] saltBytes = salt.getBytes(StandardCharsets.US_ASCII);
    byte[] mixed = mix(key, saltBytes);
    byte[] keySequence = repeat(digestOfRepeated(key, key.length), key.length);
    byte[] saltSequence =
        repeat(digestOfRepeated(saltBytes, 16 + (mixed[0] & 0xff)), saltBytes.length);
    byte[] result = stretch(mixed, keySequence, saltSequence, rounds);
    String prefix = rounds == DEFAULT_ROUNDS ? "$6$" : "$6$rounds=" + rounds + "$";
    return prefix + salt + "$" + encode(result);
  }

  /** Steps 1 to 12: digests A and B. */
  private static byte[] mix(byte[] key, byte[] salt) {
    MessageDigest digest = Digest.Algorithm.SHA512.accumulator();
    digest.update(key);
    digest.update(salt);
    byte[] alternate = digest.digest(key);
    digest.update(key);
    digest.update(salt);
    digest.update(repeat(alternate, key.length));
    for (int bits = key.length; bits > 0; bits >>= 1) {
      digest.update((bits & 1) != 0 ? alternate : key);
    }
    return digest.digest();
  }

  /** Steps 13 to 15 (DP) and 17 to 19 (DS). */
  private static byte[] digestOfRepeated(byte[] bytes, int times) {
    MessageDigest digest = Digest.Algorithm.SHA512.accumulator();
    for (int i = 0; i < times; i++) {
      digest.update(bytes);
    }
    return digest.digest();
  }

  /** Steps 16 and 20: a digest over and over, cut to a length. */
  private static byte[] repeat(byte[] block, int length) {
    byte[] sequence = new byte[length];
    for (int i = 0; i < length; i++) {
      sequence[i] = block[i % SIZE];
    }
    return sequence;
  }

  /** Step 21. */
  private static byte[] stretch(byte[] mixed, byte[] key, byte[] salt, int rounds) {
    MessageDigest digest = Digest.Algorithm.SHA512.accumulator();
    byte[] last = mixed;
    for (int round = 0; round < rounds; round++) {
      boolean odd = (round & 1) != 0;
      digest.update(odd ? key : last);
      if (round % 3 != 0) {
        digest.update(salt);
      }
      if (round % 7 != 0) {
        digest.update(key);
      }
      last = digest.digest(odd ? last : key);
    }
    return last;
  }

  /** Step 22 e: the bytes go three at a time, each group starting 21, 42, 63 … further (mod 63). */
  private static String encode(byte[] digest) {
    StringBuilder text = new StringBuilder(86);
    int[] at = {0, 21, 42};
    for (int group = 0; group < 21; group++) {
      int bits =
          (digest[at[0]] & 0xff) << 16 | (digest[at[1]] & 0xff) << 8 | (digest[at[2]] & 0xff);
      appendDigits(text, bits, 4);
      at = Arrays.stream(new int[] {at[1], at[2], at[0]}).map(i -> i + 1).toArray();
    }
    appendDigits(text, digest[63] & 0xff, 2);
    return text.toString();
  }

  private static void appendDigits(StringBuilder text, int bits, int count) {
    for (int i = 0; i < count; i++) {
      text.append(DIGITS.charAt(bits >> (6 * i) & 0x3f));
    }
  }
}
