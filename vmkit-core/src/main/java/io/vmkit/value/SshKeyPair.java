package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An SSH key pair in OpenSSH's own forms: the private key unencrypted as {@code ssh-keygen} writes
 * it (PROTOCOL.key), the public key as one line of {@code authorized_keys}. The private key never
 * shows in {@link #toString()}.
 */
public final class SshKeyPair {
  private static final String ED25519 = "ssh-ed25519";
  private static final Pattern PUBLIC_LINE =
      Pattern.compile("(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+) [A-Za-z0-9+/=]+( [^\\r\\n]*)?");

  /** Length of an Ed25519 seed and of a public key in bytes (RFC 8032). */
  private static final int KEY_BYTES = 32;

  private final String privateKey;
  private final String publicKey;

  private SshKeyPair(String privateKey, String publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Takes a key pair that exists.
   *
   * @param privateKey the private key in OpenSSH or PEM form
   * @param publicKey the public key as a line of {@code authorized_keys}
   * @return the pair
   * @throws InvalidSpec when either is not of its form
   */
  public static SshKeyPair of(String privateKey, String publicKey) {
    if (!privateKey.startsWith("-----BEGIN ") || !privateKey.contains("PRIVATE KEY-----")) {
      throw new InvalidSpec(
          "take an SSH key pair",
          "the private key does not start with -----BEGIN … PRIVATE KEY-----",
          "give the content of the file that ssh-keygen wrote");
    }
    if (!PUBLIC_LINE.matcher(publicKey.strip()).matches()) {
      throw new InvalidSpec(
          "take an SSH key pair",
          "'" + publicKey.strip() + "' is no public key",
          "give the line of the .pub file, as in: ssh-ed25519 AAAA… comment");
    }
    return new SshKeyPair(privateKey, publicKey.strip());
  }

  /**
   * Makes a new Ed25519 key pair with the JDK alone.
   *
   * @param comment what stands behind the public key; no line breaks
   * @return the pair
   * @throws InvalidSpec when the comment has a line break
   */
  public static SshKeyPair ed25519(String comment) {
    if (comment.chars().anyMatch(c -> c < ' ')) {
      throw new InvalidSpec(
          "make an SSH key", "the comment has control characters", "use one line");
    }
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] publicBytes = lastBytes(pair.getPublic().getEncoded());
      byte[] seed = lastBytes(pair.getPrivate().getEncoded());
      byte[] blob = publicBlob(publicBytes);
      String line = ED25519 + " " + Base64.getEncoder().encodeToString(blob) + " " + comment;
      return new SshKeyPair(openSshPrivate(publicBytes, seed, blob, comment), line.strip());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 15 and later have Ed25519", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both DER forms (RFC 8410) end with the 32 bytes of the key itself. */
  private static byte[] lastBytes(byte[] der) {
    return Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length);
  }

  private static byte[] publicBlob(byte[] publicBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writeString(out, ED25519.getBytes(StandardCharsets.US_ASCII));
    writeString(out, publicBytes);
    return bytes.toByteArray();
  }

  /** The file format of openssh/PROTOCOL.key with cipher and kdf "none". */
  private static String openSshPrivate(byte[] publicBytes, byte[] seed, byte[] blob, String comment)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    writeString(out, "none".getBytes(StandardCharsets.US_ASCII));
    writeString(out, "none".getBytes(StandardCharsets.US_ASCII));
    writeString(out, new byte[0]);
    out.writeInt(1);
    writeString(out, blob);
    writeString(out, privateSection(publicBytes, seed, comment));
    String body = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(bytes.toByteArray());
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  private static byte[] privateSection(byte[] publicBytes, byte[] seed, String comment)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int check = new SecureRandom().nextInt();
    out.writeInt(check);
    out.writeInt(check);
    writeString(out, ED25519.getBytes(StandardCharsets.US_ASCII));
    writeString(out, publicBytes);
    out.writeInt(2 * KEY_BYTES);
    out.write(seed);
    out.write(publicBytes);
    writeString(out, comment.getBytes(StandardCharsets.UTF_8));
    for (int pad = 1; bytes.size() % 8 != 0; pad++) {
      out.write(pad);
    }
    return bytes.toByteArray();
  }

  private static void writeString(DataOutputStream out, byte[] content) throws IOException {
    out.writeInt(content.length);
    out.write(content);
  }

  /** {@return the private key, a secret, ending with a line break} */
  public String privateKey() {
    return privateKey;
  }

  /** {@return the public key as a line of {@code authorized_keys}, without a line break} */
  public String publicKey() {
    return publicKey;
  }

  /** {@return the key type, such as {@code ssh-ed25519}} */
  public String type() {
    return publicKey.substring(0, publicKey.indexOf(' '));
  }

  /** {@return whether both halves are the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof SshKeyPair pair
        && privateKey.equals(pair.privateKey)
        && publicKey.equals(pair.publicKey);
  }

  @Override
  public int hashCode() {
    return publicKey.hashCode();
  }

  /** {@return the public key only} */
  @Override
  public String toString() {
    return publicKey;
  }
}
