package io.vmkit.guest;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where a program's standard input comes from, such as {@code () -> Files.newInputStream(path)}.
 */
@FunctionalInterface
public interface InputSource {
  /**
   * Opens the input from its beginning.
   *
   * @return a stream that the caller closes
   * @throws IOException when it cannot be opened
   */
  InputStream open() throws IOException;
}
