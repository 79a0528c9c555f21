package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  @ParameterizedTest
  @CsvSource({"rw-rw----, true", "rw-r-----, false", "rw--w----, false", "rw-------, false"})
  void groupCountsWhenItsMembersMayReadAndWrite(
      String permissions, boolean members, @TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("device"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view.readAttributes().group().getName().equals("root")) {
      view.setGroup(
          file.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName("daemon"));
    }
    String group = view.readAttributes().group().getName();
    assertThat(Access.ofFileSystem().group(file))
        .isEqualTo(members ? Optional.of(group) : Optional.empty());
  }
}
