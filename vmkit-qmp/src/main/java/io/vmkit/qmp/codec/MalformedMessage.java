package io.vmkit.qmp.codec;

import java.io.IOException;

/**
 * The peer sent something that is no message: not JSON, too long, too deep, or of no known shape.
 */
public final class MalformedMessage extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param what what is wrong; bounded, and without any value of the message
   */
  public MalformedMessage(String what) {
    super(what);
  }

  /**
   * Creates the error with the error underneath.
   *
   * @param what what is wrong; bounded, and without any value of the message
   * @param cause the parser's own error
   */
  public MalformedMessage(String what, Throwable cause) {
    super(what, cause);
  }
}
