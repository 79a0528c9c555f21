package io.vmkit.guest;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A guest's file system by SFTP (draft-ietf-secsh-filexfer-02, what OpenSSH speaks). */
final class SftpTree implements FileTree {
  private static final int OWNER_ALONE = 0700;

  private final ChannelSftp sftp;

  SftpTree(ChannelSftp sftp) {
    this.sftp = sftp;
  }

  private interface Request<T> {
    T send() throws SftpException;
  }

  @Override
  public Optional<FileNode> find(String path) throws IOException {
    SftpATTRS attributes = attributes(path);
    return attributes == null ? Optional.empty() : Optional.of(node(path, path, attributes));
  }

  private @Nullable SftpATTRS attributes(String path) throws IOException {
    try {
      return asked(path, () -> sftp.lstat(literal(path)));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public List<FileNode> list(String directory) throws IOException {
    List<FileNode> nodes = new ArrayList<>();
    for (ChannelSftp.LsEntry entry : asked(directory, () -> sftp.ls(literal(directory)))) {
      String name = entry.getFilename();
      if (!name.equals(".") && !name.equals("..")) {
        nodes.add(node(name, directory + "/" + name, entry.getAttrs()));
      }
    }
    return nodes;
  }

  private FileNode node(String name, String path, SftpATTRS attributes) throws IOException {
    String target = attributes.isLink() ? asked(path, () -> sftp.readlink(literal(path))) : "";
    return FileNode.of(name, attributes.getPermissions(), target);
  }

  @Override
  public void makeDirectories(List<String> paths) throws IOException {
    for (String path : paths) {
      SftpATTRS existing = attributes(path);
      if (existing != null && !existing.isDir()) {
        throw new FileAlreadyExistsException(path, null, "is no directory");
      }
      if (existing == null) {
        told(path, () -> sftp.mkdir(path));
        told(path, () -> sftp.chmod(OWNER_ALONE, literal(path)));
      }
    }
  }

  @Override
  public void makeLinks(Map<String, String> targets) throws IOException {
    for (Map.Entry<String, String> link : targets.entrySet()) {
      String path = link.getKey();
      SftpATTRS existing = attributes(path);
      if (existing != null && existing.isLink()) {
        told(path, () -> sftp.rm(literal(path)));
      }
      told(path, () -> sftp.symlink(literal(link.getValue()), literal(path)));
    }
  }

  @Override
  public void setModes(Map<String, Integer> modes) throws IOException {
    for (Map.Entry<String, Integer> mode : modes.entrySet()) {
      told(mode.getKey(), () -> sftp.chmod(mode.getValue(), literal(mode.getKey())));
    }
  }

  @Override
  public InputStream read(String path) throws IOException {
    return asked(path, () -> sftp.get(literal(path)));
  }

  @Override
  public OutputStream write(String path) throws IOException {
    return asked(path, () -> sftp.put(literal(path), ChannelSftp.OVERWRITE));
  }

  /** jsch takes most paths as patterns, and only {@code mkdir}'s as it is. */
  private static String literal(String path) {
    return path.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  private interface Order {
    void send() throws SftpException;
  }

  private static void told(String path, Order order) throws IOException {
    asked(
        path,
        () -> {
          order.send();
          return path;
        });
  }

  private static <T> T asked(String path, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (SftpException e) {
      throw fault(path, e);
    }
  }

  private static IOException fault(String path, SftpException e) {
    FileSystemException fault =
        switch (e.id) {
          case ChannelSftp.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(path);
          case ChannelSftp.SSH_FX_PERMISSION_DENIED -> new AccessDeniedException(path);
          default -> new FileSystemException(path, null, SshLogin.said(e));
        };
    fault.initCause(e);
    return fault;
  }

  @Override
  public void close() { // Ends requests that still wait.
    sftp.disconnect();
  }
}
