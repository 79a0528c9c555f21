package io.vmkit.qemu.machine;

import io.vmkit.process.HostProcess;
import io.vmkit.spec.Lifetime;
import io.vmkit.value.Architecture;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is, as it stands in {@code vm.json}: everything that a start needs, so that
 * another JVM can start it without the spec it was made from.
 *
 * @param uuid its identity
 * @param name its name
 * @param hostname its host name
 * @param image the label of its image
 * @param imageKey the key of its image
 * @param architecture its processor
 * @param memory bytes of memory
 * @param cpus number of processors
 * @param kernel the kernel that QEMU starts, or null when firmware boots it
 * @param firmware the UEFI firmware, or null for BIOS
 * @param disks its disks, the boot disk first
 * @param nics its interfaces
 * @param seeded whether it has a seed
 * @param login who may log in by SSH, or null when nobody is known to
 * @param lifetime how long it exists
 * @param owner the JVM that a bound machine dies with, or null for a persistent one
 */
public record MachineRecord(
    String uuid,
    String name,
    String hostname,
    String image,
    String imageKey,
    Architecture architecture,
    long memory,
    int cpus,
    @Nullable Kernel kernel,
    @Nullable Flash firmware,
    List<Disk> disks,
    List<Nic> nics,
    boolean seeded,
    @Nullable Login login,
    Lifetime lifetime,
    @Nullable HostProcess owner) {

  /**
   * Sees to it that what must be there is there, whatever a file said.
   *
   * @param uuid its identity
   * @param name its name
   * @param hostname its host name
   * @param image the label of its image
   * @param imageKey the key of its image
   * @param architecture its processor
   * @param memory bytes of memory
   * @param cpus number of processors
   * @param kernel the kernel that QEMU starts, or null
   * @param firmware the UEFI firmware, or null
   * @param disks its disks, the boot disk first
   * @param nics its interfaces
   * @param seeded whether it has a seed
   * @param login who may log in by SSH, or null
   * @param lifetime how long it exists
   * @param owner the JVM that a bound machine dies with, or null
   */
  public MachineRecord {
    UUID.fromString(Objects.requireNonNull(uuid, "uuid"));
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(hostname, "hostname");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(lifetime, "lifetime");
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
  }

  /**
   * A kernel that QEMU starts itself.
   *
   * @param file the kernel
   * @param initrd its initial RAM disk
   * @param commandLine its arguments
   */
  public record Kernel(String file, String initrd, String commandLine) {}

  /**
   * UEFI firmware.
   *
   * @param code the file of the code, shared
   * @param codeFormat QEMU's name of that file's format
   * @param variablesFormat QEMU's name of the format of the machine's own variables
   */
  public record Flash(String code, String codeFormat, String variablesFormat) {}

  /**
   * A file that stores a disk.
   *
   * @param path where it is
   * @param format QEMU's name of the format
   */
  public record DiskFile(String path, String format) {}

  /**
   * A disk.
   *
   * @param top what the guest writes to
   * @param backing what the top is an overlay over, or null
   * @param readOnly whether the guest may only read
   * @param serial the serial number, or null
   */
  public record Disk(
      DiskFile top, @Nullable DiskFile backing, boolean readOnly, @Nullable String serial) {}

  /**
   * A port of the host's loopback that leads into the guest.
   *
   * @param guestPort the port in the guest
   * @param hostPort the port on the host; 0 for a free one
   */
  public record Forward(int guestPort, int hostPort) {}

  /**
   * An interface on user networking.
   *
   * @param mac its address
   * @param forwards its forwards
   */
  public record Nic(String mac, List<Forward> forwards) {}

  /**
   * Who may log in by SSH.
   *
   * @param user the user
   * @param hostKey the public host key, one OpenSSH line
   * @param keyFile the private key that opens it
   * @param publicKey its public half, one OpenSSH line
   */
  public record Login(String user, String hostKey, String keyFile, String publicKey) {}
}
