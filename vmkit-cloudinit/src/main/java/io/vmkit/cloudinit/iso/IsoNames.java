package io.vmkit.cloudinit.iso;

import io.vmkit.error.InvalidSpec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How a name appears in each of the three name spaces, and what no name may be. */
final class IsoNames {
  /** Name and extension together, ECMA-119 7.5.1 and 10.2. */
  private static final int PRIMARY_MAX = 30;

  /**
   * UTF-16 units. The specification says 64; 103 is what fits into a directory record and what
   * Windows, Linux, genisoimage ({@code -joliet-long}) and xorriso take.
   */
  private static final int JOLIET_MAX = 103;

  /** UTF-8 bytes: Linux cuts longer Rock Ridge names off (fs/isofs/rock.c). */
  private static final int ROCK_RIDGE_MAX = 253;

  /** Joliet 1995, "Specification of Joliet Character Set". */
  private static final String JOLIET_FORBIDDEN = "*/:;?\\";

  private IsoNames() {}

  /** The Rock Ridge name: UTF-8 of the name itself. Refuses what no reader could show. */
  static byte[] rockRidge(String path, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
      throw new InvalidSpec(
          attempt(path),
          "'" + name.replace("\0", "\\0") + "' is no file name",
          "use relative paths whose parts are neither empty nor '.' nor '..' and hold no NUL");
    }
    if (name.length() > JOLIET_MAX) {
      throw new InvalidSpec(
          attempt(path),
          "the name '" + name + "' has " + name.length() + " characters",
          "use at most " + JOLIET_MAX + " (Joliet)");
    }
    byte[] bytes = utf8(path, name);
    if (bytes.length > ROCK_RIDGE_MAX) {
      throw new InvalidSpec(
          attempt(path),
          "the name '" + name + "' has " + bytes.length + " bytes in UTF-8",
          "use at most " + ROCK_RIDGE_MAX + " (Rock Ridge)");
    }
    return bytes;
  }

  static byte[] utf8(String path, String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidSpec(
          attempt(path), "a surrogate stands alone in it", "use well-formed Unicode", e);
    }
  }

  /**
   * d-characters only (ECMA-119 7.6.2), no extension: no more than 30, so paths stay within 255.
   */
  static String primaryDirectory(String name) {
    return dCharacters(cut(name, PRIMARY_MAX));
  }

  /** {@code NAME.EXT} without the version; the dot is always there (ECMA-119 7.5.1). */
  static String primaryFile(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : cut(name.substring(dot + 1), PRIMARY_MAX / 2);
    return dCharacters(cut(stem, PRIMARY_MAX - extension.length())) + '.' + dCharacters(extension);
  }

  /** The name in Joliet's character set; forbidden characters become underscores. */
  static String joliet(String name) {
    StringBuilder mapped = new StringBuilder(name);
    for (int i = 0; i < mapped.length(); i++) {
      char c = mapped.charAt(i);
      if (c < ' ' || JOLIET_FORBIDDEN.indexOf(c) >= 0) {
        mapped.setCharAt(i, '_');
      }
    }
    return mapped.toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static String dCharacters(String text) {
    StringBuilder mapped = new StringBuilder(text);
    for (int i = 0; i < mapped.length(); i++) {
      char c = mapped.charAt(i);
      if (c >= 'a' && c <= 'z') {
        mapped.setCharAt(i, (char) (c - 'a' + 'A'));
      } else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
        mapped.setCharAt(i, '_');
      }
    }
    return mapped.toString();
  }

  static String attempt(String path) {
    return "put '" + path.replace("\0", "\\0") + "' into an ISO image";
  }
}
