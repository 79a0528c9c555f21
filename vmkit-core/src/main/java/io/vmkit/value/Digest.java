package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A cryptographic digest of some content.
 *
 * @param algorithm how it was made
 * @param hex the digest in lower-case hexadecimal
 */
public record Digest(Algorithm algorithm, String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  /** The algorithms in use, by the length of their digests. */
  public enum Algorithm {
    /** SHA-256, 64 hexadecimal digits. */
    SHA256("SHA-256", 64),
    /** SHA-512, 128 hexadecimal digits. */
    SHA512("SHA-512", 128);

    private final String jcaName;
    private final int digits;

    Algorithm(String jcaName, int digits) {
      this.jcaName = jcaName;
      this.digits = digits;
    }

    /** {@return a fresh accumulator of this algorithm} */
    public MessageDigest accumulator() {
      try {
        return MessageDigest.getInstance(jcaName);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + jcaName, e);
      }
    }
  }

  /**
   * Validates the digest; upper case is taken and stored as lower case.
   *
   * @param algorithm how it was made
   * @param hex the digest in hexadecimal, any case
   * @throws InvalidSpec when its length or digits do not fit the algorithm
   */
  public Digest {
    hex = hex.toLowerCase(Locale.ROOT);
    if (hex.length() != algorithm.digits || !HEX.matcher(hex).matches()) {
      throw new InvalidSpec(
          "read a digest",
          "'" + hex + "' is no " + algorithm.jcaName + " digest",
          "give its " + algorithm.digits + " hexadecimal digits");
    }
  }

  /**
   * {@return the digest, its algorithm known by its length}
   *
   * @param hex 64 (SHA-256) or 128 (SHA-512) hexadecimal digits, with or without a {@code sha256:}
   *     or {@code sha512:} in front
   * @throws InvalidSpec when it is neither
   */
  public static Digest parse(String hex) {
    String digits = hex.strip().replaceFirst("^(?i)sha(256|512):", "");
    return new Digest(digits.length() == 128 ? Algorithm.SHA512 : Algorithm.SHA256, digits);
  }

  /**
   * {@return the SHA-256 digest of some bytes}
   *
   * @param content the bytes
   */
  public static Digest sha256(byte[] content) {
    return of(Algorithm.SHA256, Algorithm.SHA256.accumulator().digest(content));
  }

  /**
   * {@return a digest from its raw bytes}
   *
   * @param algorithm how it was made
   * @param raw what the accumulator returned
   */
  public static Digest of(Algorithm algorithm, byte[] raw) {
    return new Digest(algorithm, HexFormat.of().formatHex(raw));
  }

  /** {@return the digest's bytes} */
  public byte[] raw() {
    return HexFormat.of().parseHex(hex);
  }

  /** {@return the first twelve hexadecimal digits, for file names and people} */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  /** {@return the digest as {@code sha256:…} or {@code sha512:…}} */
  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex;
  }
}
