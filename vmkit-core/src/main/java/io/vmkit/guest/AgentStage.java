package io.vmkit.guest;

import io.vmkit.error.VmkitException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private directory in the guest for the streams of one program, removed when closed. Its name
 * cannot be guessed, and making it fails where it exists.
 */
final class AgentStage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentStage.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_BYTES = 16;

  private final AgentScripts scripts;
  private final String path;

  private AgentStage(AgentScripts scripts, String path) {
    this.scripts = scripts;
    this.path = path;
  }

  /**
   * Makes the directory.
   *
   * @param filling a script that fills it, run inside it
   */
  static AgentStage make(AgentScripts scripts, String filling) {
    byte[] name = new byte[NAME_BYTES];
    RANDOM.nextBytes(name);
    String path = "/tmp/.vmkit-" + HexFormat.of().formatHex(name);
    AgentStage stage = new AgentStage(scripts, path);
    try {
      scripts.run("umask 077; mkdir \"$1\" && cd \"$1\" && " + filling, List.of(path)).orThrow();
      return stage;
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  String file(String name) {
    return path + "/" + name;
  }

  String path() {
    return path;
  }

  /** Removes the directory; a guest that is gone has taken it along. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted(); // Tidying up talks to the guest as well.
    try {
      scripts.run("rm -rf \"$1\"", List.of(path)).orThrow();
    } catch (VmkitException e) {
      LOG.warn("{} stays in the guest: {}", path, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
