package io.vmkit.image;

import io.vmkit.error.StorageFault;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Removes directories in which a root file system was made. An ordinary user makes them in a user
 * namespace, where files get owners from the user's subordinate ids; only there can they be
 * removed.
 */
final class OwnedTree {
  private OwnedTree() {}

  static void remove(Path directory, CommandRunner runner) {
    try {
      DurableFiles.removeTree(directory);
    } catch (StorageFault e) {
      if (RootNamespace.isRoot()) {
        throw e;
      }
      CommandResult removed =
          runner.run(RootNamespace.command("rm").args(removal(directory)).build());
      if (!removed.succeeded()) {
        throw e;
      }
    }
  }

  private static List<String> removal(Path directory) {
    return List.of("-rf", "--one-file-system", directory.toString());
  }
}
