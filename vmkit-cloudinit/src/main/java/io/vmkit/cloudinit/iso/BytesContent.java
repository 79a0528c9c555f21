package io.vmkit.cloudinit.iso;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Content in memory. The bytes are never changed after construction. */
final class BytesContent implements IsoContent {
  private final byte[] bytes;

  BytesContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes themselves, not a copy: only to be read. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public InputStream openStream() {
    return new ByteArrayInputStream(bytes);
  }
}
