package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile guest may try when its files are copied out. */
class TreeCopyTest {
  private static final FileNode ROOT = FileNode.of("/tree", 0040755, "");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "../x", "/etc/passwd", "a/b"})
  void aNameThatLeadsOutOfTheTreeIsRefused(String name) {
    Hostile guest = new Hostile(List.of(FileNode.of(name, 0100644, "")));

    assertThatThrownBy(() -> copy(guest)).hasMessageContaining("impossible name");
  }

  @Test
  void aNameListedTwiceIsRefused() {
    FileNode link = FileNode.of("a", 0120777, "/etc");

    assertThatThrownBy(() -> copy(new Hostile(List.of(link, FileNode.of("a", 0100644, "")))))
        .hasMessageContaining("twice");
  }

  @Test
  void specialModeBitsStayInTheGuest() throws IOException {
    copy(new Hostile(List.of(FileNode.of("program", 0104755, ""))));

    Path program = directory.resolve("tree/program");
    assertThat((Integer) Files.getAttribute(program, "unix:mode") & 07777).isEqualTo(0755);
  }

  private void copy(FileTree guest) throws IOException {
    new TreeCopy(guest, new LocalTree()).copy("/tree", directory.resolve("tree").toString());
  }

  /** A guest with one directory that lists whatever it likes. */
  private record Hostile(List<FileNode> children) implements FileTree {
    @Override
    public Optional<FileNode> find(String path) {
      return Optional.of(ROOT);
    }

    @Override
    public List<FileNode> list(String path) {
      return children;
    }

    @Override
    public InputStream read(String path) {
      return new ByteArrayInputStream(new byte[] {1});
    }

    @Override
    public void makeDirectories(List<String> paths) {
      throw new AssertionError("only read");
    }

    @Override
    public void makeLinks(Map<String, String> targets) {
      throw new AssertionError("only read");
    }

    @Override
    public void setModes(Map<String, Integer> modes) {
      throw new AssertionError("only read");
    }

    @Override
    public OutputStream write(String path) {
      throw new AssertionError("only read");
    }

    @Override
    public void close() {}
  }
}
