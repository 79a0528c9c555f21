package io.vmkit.cloudinit.schema;

/**
 * One fault, or one thing worth a second look, in a document. Names keys and types, never a value:
 * a value may be a password.
 *
 * @param path where in the document, as {@code users[0].sudo}; empty for the document as a whole
 * @param line line in the text, from 1; 0 when unknown
 * @param column column in the line, from 1; 0 when unknown
 * @param message what is wrong and what to write instead
 */
public record Finding(String path, int line, int column, String message) {
  static Finding at(Path path, Position position, String message) {
    return new Finding(path.toString(), position.line(), position.column(), message);
  }

  Finding movedDownBy(int lines) {
    return line == 0 ? this : new Finding(path, line + lines, column, message);
  }

  /**
   * {@return this finding as one of several documents}
   *
   * @param document the document's name, put in front of the path: {@code user-data: users[0]}
   */
  public Finding in(String document) {
    return new Finding(path.isEmpty() ? document : document + ": " + path, line, column, message);
  }

  /** {@return path, line and column as far as they are known, and the message} */
  @Override
  public String toString() {
    String place = line == 0 ? "" : "line " + line + ", column " + column;
    if (path.isEmpty()) {
      return place.isEmpty() ? message : place + ": " + message;
    }
    return path + (place.isEmpty() ? "" : " (" + place + ")") + ": " + message;
  }
}
