package io.vmkit.spec;

import io.vmkit.error.InvalidSpec;
import io.vmkit.image.Image;
import io.vmkit.value.Architecture;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a machine shall be. Immutable; describing one changes nothing.
 *
 * <p>Defaults: the host name is the name, 1 GiB of memory, one processor, one interface on user
 * networking with port 22 forwarded, BIOS, {@link Lifetime#BOUND}.
 */
public final class DomainSpec {
  /** Memory unless said otherwise. */
  public static final MemorySize DEFAULT_MEMORY = MemorySize.gib(1);

  /** What QEMU's q35 machine can have at most. */
  private static final int MOST_CPUS = 255;

  private static final MemorySize LEAST_MEMORY = MemorySize.mib(32);

  private final VmName name;
  private final String hostname;
  private final Image image;
  private final MemorySize memory;
  private final int cpus;
  private final @Nullable MemorySize diskSize;
  private final List<DiskSpec> disks;
  private final List<NicSpec> nics;
  private final Firmware firmware;
  private final @Nullable SeedSource seed;
  private final @Nullable SshKeyPair loginKey;
  private final Lifetime lifetime;

  private DomainSpec(Builder builder, Image image) {
    this.name = builder.name;
    this.hostname = builder.hostname == null ? builder.name.value() : builder.hostname;
    this.image = image;
    this.memory = builder.memory;
    this.cpus = builder.cpus;
    this.diskSize = builder.diskSize;
    this.disks = List.copyOf(builder.disks);
    this.nics = List.copyOf(builder.nics);
    this.firmware = builder.firmware;
    this.seed = builder.seed;
    this.loginKey = builder.loginKey;
    this.lifetime = builder.lifetime;
  }

  /**
   * Begins a description.
   *
   * @param name the machine's name
   * @return a builder
   * @throws InvalidSpec when the name is no host name
   */
  public static Builder named(String name) {
    return new Builder(VmName.of(name));
  }

  /** {@return a builder that holds all of this} */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.hostname = hostname;
    builder.image = image;
    builder.memory = memory;
    builder.cpus = cpus;
    builder.diskSize = diskSize;
    builder.disks.addAll(disks);
    builder.nics = new ArrayList<>(nics);
    builder.firmware = firmware;
    builder.seed = seed;
    builder.loginKey = loginKey;
    builder.lifetime = lifetime;
    return builder;
  }

  /** {@return the machine's name} */
  public VmName name() {
    return name;
  }

  /** {@return its host name} */
  public String hostname() {
    return hostname;
  }

  /** {@return what it starts from} */
  public Image image() {
    return image;
  }

  /** {@return the processor it has, that of its image} */
  public Architecture architecture() {
    return image.architecture();
  }

  /** {@return its memory} */
  public MemorySize memory() {
    return memory;
  }

  /** {@return the number of its processors} */
  public int cpus() {
    return cpus;
  }

  /** {@return the size of its boot disk; empty for the image's own} */
  public Optional<MemorySize> diskSize() {
    return Optional.ofNullable(diskSize);
  }

  /** {@return its further disks} */
  public List<DiskSpec> disks() {
    return disks;
  }

  /** {@return its network interfaces} */
  public List<NicSpec> nics() {
    return nics;
  }

  /** {@return its firmware; without effect on an image that brings its kernel} */
  public Firmware firmware() {
    return firmware;
  }

  /** {@return what tells the guest who it is; empty when nothing does} */
  public Optional<SeedSource> seed() {
    return Optional.ofNullable(seed);
  }

  /** {@return the key that opens it; empty for the state directory's own} */
  public Optional<SshKeyPair> loginKey() {
    return Optional.ofNullable(loginKey);
  }

  /** {@return how long it exists} */
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DomainSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** A null stands as it is: lists made by the stream of nullable values allow it. */
  private List<Optional<?>> values() {
    return List.of(
        Optional.of(name),
        Optional.of(hostname),
        Optional.of(image),
        Optional.of(memory),
        Optional.of(cpus),
        diskSize(),
        Optional.of(disks),
        Optional.of(nics),
        Optional.of(firmware),
        seed(),
        loginKey(),
        Optional.of(lifetime));
  }

  /** {@return one line with the name and the main figures} */
  @Override
  public String toString() {
    return name + " (" + image.label() + ", " + memory + ", " + cpus + " cpu, " + lifetime + ")";
  }

  /** Collects a description. Not thread-safe. */
  public static final class Builder {
    private final VmName name;
    private @Nullable String hostname;
    private @Nullable Image image;
    private MemorySize memory = DEFAULT_MEMORY;
    private int cpus = 1;
    private @Nullable MemorySize diskSize;
    private final List<DiskSpec> disks = new ArrayList<>();
    private List<NicSpec> nics = new ArrayList<>(List.of(NicSpec.user()));
    private Firmware firmware = Firmware.BIOS;
    private @Nullable SeedSource seed;
    private @Nullable SshKeyPair loginKey;
    private Lifetime lifetime = Lifetime.BOUND;

    private Builder(VmName name) {
      this.name = name;
    }

    /**
     * Sets the host name; the machine's name by default.
     *
     * @param value a host name (RFC 1123)
     * @return this builder
     * @throws InvalidSpec when it is none
     */
    public Builder hostname(String value) {
      this.hostname = VmName.of(value).value();
      return this;
    }

    /**
     * Sets what the machine starts from; required.
     *
     * @param value the image, shared and never written to
     * @return this builder
     */
    public Builder image(Image value) {
      this.image = value;
      return this;
    }

    /**
     * Sets the memory; {@link #DEFAULT_MEMORY} by default.
     *
     * @param size at least 32 MiB
     * @return this builder
     * @throws InvalidSpec when it is less, or not whole MiB
     */
    public Builder memory(MemorySize size) {
      if (size.compareTo(LEAST_MEMORY) < 0 || size.bytes() % MemorySize.mib(1).bytes() != 0) {
        throw new InvalidSpec(
            "give vm " + name + " memory",
            size + " is less than " + LEAST_MEMORY + " or not whole MiB",
            "use whole MiB, such as " + DEFAULT_MEMORY);
      }
      this.memory = size;
      return this;
    }

    /**
     * Sets the number of processors; one by default.
     *
     * @param count 1 to 255
     * @return this builder
     * @throws InvalidSpec when it is out of range
     */
    public Builder cpus(int count) {
      if (count < 1 || count > MOST_CPUS) {
        throw new InvalidSpec(
            "give vm " + name + " processors", count + " is out of range", "use 1 to " + MOST_CPUS);
      }
      this.cpus = count;
      return this;
    }

    /**
     * Sets the size of the boot disk; the image's own by default. cloud-init grows the file system.
     *
     * @param size at least that of the image
     * @return this builder
     */
    public Builder diskSize(MemorySize size) {
      this.diskSize = size;
      return this;
    }

    /**
     * Adds a disk.
     *
     * @param disk the disk
     * @return this builder
     */
    public Builder disk(DiskSpec disk) {
      this.disks.add(disk);
      return this;
    }

    /**
     * Sets the network interfaces; one on user networking by default.
     *
     * @param interfaces the interfaces; none for a machine without network
     * @return this builder
     */
    public Builder nics(NicSpec... interfaces) {
      this.nics = List.of(interfaces);
      return this;
    }

    /**
     * Sets the firmware; BIOS by default.
     *
     * @param value the firmware
     * @return this builder
     */
    public Builder firmware(Firmware value) {
      this.firmware = value;
      return this;
    }

    /**
     * Sets what tells the guest who it is; nothing by default.
     *
     * @param source such as a {@code CloudInit}
     * @return this builder
     */
    public Builder seed(SeedSource source) {
      this.seed = source;
      return this;
    }

    /**
     * Sets the key that opens the machine by SSH; the state directory's own by default.
     *
     * @param key the caller's key
     * @return this builder
     */
    public Builder loginKey(SshKeyPair key) {
      this.loginKey = key;
      return this;
    }

    /**
     * Sets how long the machine exists; {@link Lifetime#BOUND} by default.
     *
     * @param value the lifetime
     * @return this builder
     */
    public Builder lifetime(Lifetime value) {
      this.lifetime = value;
      return this;
    }

    /**
     * {@return the description}
     *
     * @throws InvalidSpec when there is no image, or the boot disk is smaller than the image's
     */
    public DomainSpec build() {
      if (image == null) {
        throw new InvalidSpec(
            "describe vm " + name, "it has no image to start from", "call image(…)");
      }
      if (diskSize != null) {
        checkDiskSize(image, diskSize);
      }
      return new DomainSpec(this, image);
    }

    private void checkDiskSize(Image from, MemorySize wanted) {
      MemorySize least =
          from.disk()
              .orElseThrow(
                  () ->
                      new InvalidSpec(
                          "describe vm " + name,
                          "diskSize("
                              + wanted
                              + ") is set, but image "
                              + from.label()
                              + " has no disk",
                          "add a disk(DiskSpec.blank(…)) instead"))
              .virtualSize();
      if (wanted.compareTo(least) < 0) {
        throw new InvalidSpec(
            "describe vm " + name,
            "diskSize(" + wanted + ") is smaller than image " + from.label() + ", " + least,
            "use at least " + least);
      }
    }
  }
}
