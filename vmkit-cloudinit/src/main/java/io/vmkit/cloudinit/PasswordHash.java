package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * A password as {@code /etc/shadow} holds it. The password itself is forgotten at once, and the
 * hash never shows in {@link #toString()}.
 */
public final class PasswordHash {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern SALT = Pattern.compile("[./0-9A-Za-z]{1,16}");
  private static final Pattern CRYPTED = Pattern.compile("\\$[0-9a-z]+\\$[!-9;-~]+");

  private final String crypted;

  private PasswordHash(String crypted) {
    this.crypted = crypted;
  }

  /**
   * Hashes a password by SHA-512 crypt with a random salt of 16 characters. Two calls give
   * different hashes, so keep the result where a seed shall stay the same.
   *
   * @param password the password
   * @return its hash
   * @throws InvalidSpec when it is empty or has a NUL or line break
   */
  public static PasswordHash sha512(String password) {
    StringBuilder salt = new StringBuilder();
    for (int i = 0; i < Sha512Crypt.MAX_SALT; i++) {
      salt.append(Sha512Crypt.DIGITS.charAt(RANDOM.nextInt(Sha512Crypt.DIGITS.length())));
    }
    return sha512(password, salt.toString());
  }

  /**
   * Hashes a password by SHA-512 crypt with a salt of the caller's: always the same hash.
   *
   * @param password the password
   * @param salt 1 to 16 characters out of letters, digits, '.' and '/'
   * @return its hash
   * @throws InvalidSpec when the password is empty or has a NUL or line break, or the salt is wrong
   */
  public static PasswordHash sha512(String password, String salt) {
    if (password.isEmpty() || password.chars().anyMatch(c -> c == 0 || c == '\n' || c == '\r')) {
      throw new InvalidSpec(
          "hash a password", "it is empty or has a NUL or line break", "use one line of text");
    }
    if (!SALT.matcher(salt).matches()) {
      throw new InvalidSpec(
          "hash a password",
          "the salt does not fit",
          "use 1 to 16 characters out of letters, digits, '.' and '/'");
    }
    return new PasswordHash(Sha512Crypt.hash(password, salt, Sha512Crypt.DEFAULT_ROUNDS));
  }

  /**
   * Takes a hash that exists, in any form that the guest's crypt(3) knows.
   *
   * @param crypted the hash, such as {@code $6$salt$…} or {@code $y$…}
   * @return the same
   * @throws InvalidSpec when it is no such hash: a password in the clear is refused
   */
  public static PasswordHash crypted(String crypted) {
    if (!CRYPTED.matcher(crypted).matches()) {
      throw new InvalidSpec(
          "take a hashed password",
          "it does not have the form $id$…",
          "give what mkpasswd or openssl passwd -6 prints, or use sha512(password)");
    }
    return new PasswordHash(crypted);
  }

  /** The hash, a secret. */
  String value() {
    return crypted;
  }

  /** {@return whether both are the same hash; two hashes of one password differ} */
  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash hash && crypted.equals(hash.crypted);
  }

  @Override
  public int hashCode() {
    return crypted.hashCode();
  }

  /** {@return a text that tells nothing} */
  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}
