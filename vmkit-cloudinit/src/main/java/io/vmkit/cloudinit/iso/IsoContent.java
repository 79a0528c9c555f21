package io.vmkit.cloudinit.iso;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file of an image holds; streamed when the image is written, never held whole. */
public interface IsoContent {
  /**
   * {@return the length in bytes, which the stream must then give exactly}
   *
   * @throws IOException when it cannot be told
   */
  long length() throws IOException;

  /**
   * {@return a new stream over the content; the writer closes it}
   *
   * @throws IOException when it cannot be opened
   */
  InputStream openStream() throws IOException;

  /**
   * {@return content that is held in memory}
   *
   * @param bytes the content, copied
   */
  static IsoContent of(byte[] bytes) {
    return new BytesContent(bytes.clone());
  }

  /**
   * {@return content that is a text in UTF-8}
   *
   * @param text the content
   */
  static IsoContent of(String text) {
    return new BytesContent(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return the content of a file as it is when the image is written}
   *
   * @param file a file that exists then
   */
  static IsoContent of(Path file) {
    return new IsoContent() {
      @Override
      public long length() throws IOException {
        return Files.size(file);
      }

      @Override
      public InputStream openStream() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
