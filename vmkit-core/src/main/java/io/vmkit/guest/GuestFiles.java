package io.vmkit.guest;

import io.vmkit.error.NotFound;
import io.vmkit.error.StorageFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** What both shells do with a guest's files, over whatever reaches them. */
final class GuestFiles {
  private static final int LONGEST_READ = 64 << 20;

  private final FileTree guest;

  GuestFiles(FileTree guest) {
    this.guest = guest;
  }

  void copyTo(Path local, String remote) {
    String attempted = "copy " + local + " to " + remote + " in the guest";
    String source = local.toAbsolutePath().toString();
    String destination = trimmed(ShellText.absolute(attempted, remote));
    with(attempted, () -> new TreeCopy(new LocalTree(), guest).copy(source, destination));
  }

  void copyFrom(String remote, Path local) {
    String attempted = "copy " + remote + " in the guest to " + local;
    String source = trimmed(ShellText.absolute(attempted, remote));
    String destination = local.toAbsolutePath().toString();
    with(attempted, () -> new TreeCopy(guest, new LocalTree()).copy(source, destination));
  }

  byte[] read(String path) {
    String attempted = "read " + path + " in the guest";
    ShellText.absolute(attempted, path);
    try (InputStream in = guest.read(path)) {
      byte[] content = in.readNBytes(LONGEST_READ + 1);
      if (content.length > LONGEST_READ) {
        throw new StorageFault(attempted, "it has more than 64 MiB", "copy it to a file");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new NotFound(attempted, "there is no such file", "check the path", e);
    } catch (IOException e) {
      throw fault(attempted, e);
    }
  }

  void write(String path, byte[] content, int mode) {
    String attempted = "write " + path + " in the guest";
    ShellText.absolute(attempted, path);
    with(
        attempted,
        () -> {
          TreeCopy.write(guest, path, new ByteArrayInputStream(content), mode);
          guest.setModes(Map.of(path, mode & FileNode.PERMISSIONS));
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void with(String attempted, Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw fault(attempted, e);
    }
  }

  private static StorageFault fault(String attempted, IOException e) {
    boolean plain = e instanceof FileSystemException failed && failed.getReason() == null;
    String what = plain ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.toString();
    return new StorageFault(attempted, what, "check the path, its permissions and the space", e);
  }

  /** Without slashes at the end, which would follow a link. */
  private static String trimmed(String path) {
    String shorter = path.replaceAll("/+$", "");
    return shorter.isEmpty() ? "/" : shorter;
  }
}
