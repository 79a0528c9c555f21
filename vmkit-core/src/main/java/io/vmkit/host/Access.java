package io.vmkit.host;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Who may use a device or a socket. */
interface Access {
  /** {@return whether this process may open the file for reading and writing} */
  boolean mayOpen(Path file);

  /** {@return the group whose members may; empty when it is root's or may not} */
  Optional<String> group(Path file);

  /** {@return what the file system says} */
  static Access ofFileSystem() {
    return new Access() {
      @Override
      public boolean mayOpen(Path file) {
        return Files.isReadable(file) && Files.isWritable(file);
      }

      @Override
      public Optional<String> group(Path file) {
        try {
          PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
          Set<PosixFilePermission> needed =
              Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
          return Optional.of(attributes.group().getName())
              .filter(group -> attributes.permissions().containsAll(needed))
              .filter(group -> !group.equals("root"));
        } catch (IOException e) {
          throw DurableFiles.fault("look at " + file, e);
        }
      }
    };
  }
}
