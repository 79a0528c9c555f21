package io.vmkit.state;

import io.vmkit.error.StorageFault;
import io.vmkit.value.VmName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The names of all files in a state directory, and nothing else.
 *
 * <pre>
 * ROOT/
 *   client_ed25519, client_ed25519.pub   the key that opens every machine (0600, 0644)
 *   accelerator.json                     the probe's verdict for this boot of the host
 *   accelerator.lock, accelerator.bin    held, and what QEMU runs, while the verdict is found
 *   lock                                 guards the key
 *   locks/NAME                           held while a machine is made, started, stopped or removed
 *   vms/NAME/                            one machine (0700)
 *     vm.json                            what it is and where it is reached
 *     run.json                           where its QEMU is, while it runs
 *     disk.qcow2, disk-N.qcow2           its own disks: an overlay over its image, blank ones
 *     nvram.fd                           its UEFI variables
 *     login_key                          the caller's own key, if there is one (0600)
 *     seed.iso                           what it reads at its first boot (0600)
 *     qmp, agent, serial                 unix sockets
 *     serial.log, qemu.log, qemu.pid     the console, QEMU's own words, its process id
 *     serial.log.old                     the console of the run before
 *     known_hosts, ssh_config            for people's own ssh
 * </pre>
 *
 * @param root the state directory, absolute
 */
public record StateLayout(Path root) {
  /** The longest path of a unix socket in bytes: {@code sun_path} of unix(7) less its final NUL. */
  public static final int LONGEST_SOCKET_PATH = 107;

  /**
   * Makes the path absolute.
   *
   * @param root the state directory
   */
  public StateLayout {
    root = root.toAbsolutePath().normalize();
  }

  /** {@return the private key that opens every machine} */
  public Path clientKey() {
    return root.resolve("client_ed25519");
  }

  /** {@return its public half} */
  public Path clientPublicKey() {
    return root.resolve("client_ed25519.pub");
  }

  /** {@return the accelerator probe's verdict} */
  public Path acceleratorVerdict() {
    return root.resolve("accelerator.json");
  }

  /** {@return the lock under which the accelerator is probed} */
  public Path acceleratorLock() {
    return root.resolve("accelerator.lock");
  }

  /** {@return the program by which the accelerator is probed; there only meanwhile} */
  public Path acceleratorProgram() {
    return root.resolve("accelerator.bin");
  }

  /** {@return the lock of the client key} */
  public Path lock() {
    return root.resolve("lock");
  }

  /** {@return the directory of all machines} */
  public Path vms() {
    return root.resolve("vms");
  }

  /** {@return the directory of the machines' locks, which outlive the machines} */
  public Path locks() {
    return root.resolve("locks");
  }

  /**
   * {@return the lock of one machine}
   *
   * @param name the machine
   */
  public Path lock(VmName name) {
    return locks().resolve(name.value());
  }

  /**
   * {@return the files of one machine}
   *
   * @param name the machine
   */
  public VmFiles vm(VmName name) {
    return new VmFiles(vms().resolve(name.value()));
  }

  /**
   * The files of one machine.
   *
   * @param directory the machine's own directory
   */
  public record VmFiles(Path directory) {
    /** {@return what the machine is and where it is reached} */
    public Path record() {
      return directory.resolve("vm.json");
    }

    /** {@return where the machine's QEMU is; exists while it runs} */
    public Path runRecord() {
      return directory.resolve("run.json");
    }

    /** {@return the caller's own key to the machine} */
    public Path loginKey() {
      return directory.resolve("login_key");
    }

    /** {@return the overlay over the image} */
    public Path disk() {
      return directory.resolve("disk.qcow2");
    }

    /**
     * {@return a disk of its own}
     *
     * @param index its number among the spec's disks, from 0
     */
    public Path extraDisk(int index) {
      return directory.resolve("disk-" + index + ".qcow2");
    }

    /** {@return the machine's UEFI variables} */
    public Path nvram() {
      return directory.resolve("nvram.fd");
    }

    /** {@return the seed} */
    public Path seed() {
      return directory.resolve("seed.iso");
    }

    /** {@return QEMU's monitor socket} */
    public Path qmpSocket() {
      return socket("qmp");
    }

    /** {@return the guest agent's socket} */
    public Path agentSocket() {
      return socket("agent");
    }

    /** {@return the serial console's socket} */
    public Path serialSocket() {
      return socket("serial");
    }

    /** {@return everything the serial console said since the last start} */
    public Path serialLog() {
      return directory.resolve("serial.log");
    }

    /** {@return what the serial console said in the run before} */
    public Path oldSerialLog() {
      return directory.resolve("serial.log.old");
    }

    /** {@return QEMU's standard error} */
    public Path qemuLog() {
      return directory.resolve("qemu.log");
    }

    /** {@return QEMU's process id} */
    public Path pidFile() {
      return directory.resolve("qemu.pid");
    }

    /** {@return the guest's host key in ssh's form} */
    public Path knownHosts() {
      return directory.resolve("known_hosts");
    }

    /** {@return settings for people's own ssh} */
    public Path sshConfig() {
      return directory.resolve("ssh_config");
    }

    private Path socket(String name) {
      Path path = directory.resolve(name);
      int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_SOCKET_PATH) {
        throw new StorageFault(
            "place a unix socket",
            path + " has " + length + " bytes, Linux takes " + LONGEST_SOCKET_PATH,
            "use a state directory with a shorter path, or a shorter name");
      }
      return path;
    }
  }
}
