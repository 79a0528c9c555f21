package io.vmkit.cloudinit;

import io.vmkit.value.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The four files of a seed; an empty text stands for no file.
 *
 * @param userData the file user-data
 * @param metaData the file meta-data
 * @param networkConfig the file network-config
 * @param vendorData the file vendor-data
 */
record SeedFiles(String userData, String metaData, String networkConfig, String vendorData) {
  /** Hexadecimal digits of the digest that an instance-id shows: 128 bits. */
  private static final int ID_DIGITS = 32;

  /** The instance-id that changes when, and only when, one of the files does. */
  String derivedInstanceId() {
    MessageDigest digest = Digest.Algorithm.SHA256.accumulator();
    for (String file : new String[] {userData, metaData, networkConfig, vendorData}) {
      byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
      // The length keeps what moves from the end of one file to the start of the next apart.
      digest.update((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    String hex = Digest.of(Digest.Algorithm.SHA256, digest.digest()).hex();
    return "iid-" + hex.substring(0, ID_DIGITS);
  }

  SeedFiles withMetaData(String text) {
    return new SeedFiles(userData, text, networkConfig, vendorData);
  }

  /** Lengths only; the texts hold secrets. */
  @Override
  public String toString() {
    return "SeedFiles[user-data " + userData.length() + " characters]";
  }
}
