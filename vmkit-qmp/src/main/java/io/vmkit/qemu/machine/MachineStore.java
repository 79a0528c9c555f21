package io.vmkit.qemu.machine;

import io.vmkit.error.InvalidSpec;
import io.vmkit.error.NotFound;
import io.vmkit.error.StorageFault;
import io.vmkit.error.VmkitException;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.state.StateDirectory;
import io.vmkit.state.StateLayout.VmFiles;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines of a state directory. A machine exists from the moment its {@code vm.json} is there;
 * that is written last. Several JVMs may share a store. Thread-safe.
 */
public final class MachineStore {
  private static final Logger LOG = LoggerFactory.getLogger(MachineStore.class);

  /** How long another process may hold a machine: it may be writing a large disk. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(60);

  private static final String PRIVATE = "rw-------";
  private static final String DAMAGE_CURE = "remove its directory if nothing in it is needed";

  private final StateDirectory state;

  /**
   * Opens the machines of a state directory.
   *
   * @param state the state directory
   */
  public MachineStore(StateDirectory state) {
    this.state = state;
  }

  /** {@return the state directory} */
  public StateDirectory state() {
    return state;
  }

  /**
   * {@return the files of a machine}
   *
   * @param name the machine
   */
  public VmFiles files(VmName name) {
    return state.layout().vm(name);
  }

  /**
   * Takes a machine's lock, waiting for whoever has it.
   *
   * @param name the machine
   * @return the lock, to be closed
   */
  public LockFile lock(VmName name) {
    return LockFile.acquire(state.layout().lock(name), LOCK_TIMEOUT);
  }

  /**
   * Takes a machine's lock if it is free.
   *
   * @param name the machine
   * @return the lock, to be closed; empty when another has it
   */
  public Optional<LockFile> tryLock(VmName name) {
    return LockFile.tryAcquire(state.layout().lock(name));
  }

  /** {@return the names of all directories of machines, whole or not} */
  public List<VmName> directories() {
    List<VmName> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(state.layout().vms())) {
      for (Path entry : entries) {
        directoryName(entry).ifPresent(names::add);
      }
    } catch (IOException e) {
      throw DurableFiles.fault("list the machines", e);
    }
    names.sort(null);
    return names;
  }

  /** Empty for what is none of ours, such as a file system's lost+found. */
  private static Optional<VmName> directoryName(Path entry) {
    try {
      VmName name = VmName.of(String.valueOf(entry.getFileName()));
      return Files.isDirectory(entry) ? Optional.of(name) : Optional.empty();
    } catch (InvalidSpec noName) {
      LOG.debug("{} is no machine", entry, noName);
      return Optional.empty();
    }
  }

  /** {@return all machines by name; one whose record is damaged is left out with a warning} */
  public List<MachineRecord> list() {
    List<MachineRecord> machines = new ArrayList<>();
    for (VmName name : directories()) {
      try {
        find(name).ifPresent(machines::add);
      } catch (VmkitException damaged) {
        LOG.warn("machine {} is left out: {}", name, damaged.getMessage());
      }
    }
    return machines;
  }

  /**
   * {@return a machine; empty when there is none}
   *
   * @param name its name
   * @throws StorageFault when its record is damaged
   */
  public Optional<MachineRecord> find(VmName name) {
    Path file = files(name).record();
    Optional<MachineRecord> machine = read(file, MachineRecord.class);
    machine.ifPresent(
        found -> {
          if (!found.name().equals(name.value())) {
            throw new StorageFault(
                "read " + file, "it is the record of vm " + found.name(), DAMAGE_CURE);
          }
        });
    return machine;
  }

  /**
   * {@return a machine}
   *
   * @param name its name
   * @throws NotFound when there is none
   */
  public MachineRecord get(VmName name) {
    return find(name)
        .orElseThrow(
            () ->
                new NotFound(
                    "find vm " + name,
                    "there is none in " + state.layout().vms(),
                    "create it first"));
  }

  /**
   * Writes a machine's record: from now on it exists.
   *
   * @param machine the machine
   */
  public void write(MachineRecord machine) {
    DurableFiles.replace(
        files(VmName.of(machine.name())).record(), PRIVATE, RecordJson.write(machine) + "\n");
  }

  /**
   * {@return where a machine's QEMU is; empty when it does not run, whatever an earlier crash left}
   *
   * @param name the machine
   */
  public Optional<RunRecord> run(VmName name) {
    return read(files(name).runRecord(), RunRecord.class).filter(run -> run.process().isAlive());
  }

  /**
   * Writes where a machine's QEMU is.
   *
   * @param name the machine
   * @param run where it is
   */
  public void writeRun(VmName name, RunRecord run) {
    DurableFiles.replaceUntilReboot(files(name).runRecord(), PRIVATE, RecordJson.write(run) + "\n");
  }

  /**
   * Removes what a run leaves: its record, its sockets, its process id. Does nothing when another
   * run has begun.
   *
   * @param name the machine
   */
  public void clearRun(VmName name) {
    if (run(name).isPresent()) {
      return;
    }
    VmFiles files = files(name);
    try {
      for (Path left :
          List.of(
              files.runRecord(),
              files.pidFile(),
              files.qmpSocket(),
              files.agentSocket(),
              files.serialSocket())) {
        Files.deleteIfExists(left);
      }
    } catch (IOException e) {
      throw DurableFiles.fault("clear the last run of vm " + name, e);
    }
  }

  private static <T extends Record> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(RecordJson.read(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (RecordJson.Damaged e) {
      throw new StorageFault("read " + file, "it is damaged: " + e.getMessage(), DAMAGE_CURE, e);
    } catch (IOException e) {
      throw DurableFiles.fault("read " + file, e);
    }
  }
}
