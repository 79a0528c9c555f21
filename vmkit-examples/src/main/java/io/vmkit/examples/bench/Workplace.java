package io.vmkit.examples.bench;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.image.Image;
import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.progress.Progress;
import io.vmkit.qemu.QemuDriver;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.StateLayout;
import io.vmkit.value.MemorySize;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A state directory for one benchmark, and the machine that benchmarks start in it. */
final class Workplace implements AutoCloseable {
  private static final VmName NAME = VmName.of("bench");

  private final StateLayout layout;
  private final Vmkit vmkit;
  private final DomainSpec spec;
  private final boolean own;

  private Workplace(Path directory, Image image, boolean own) {
    this.own = own;
    this.layout = new StateLayout(directory);
    this.vmkit = Vmkit.over(QemuDriver.in(directory));
    this.spec =
        DomainSpec.named(NAME.value())
            .image(image)
            .memory(MemorySize.mib(256))
            .disk(DiskSpec.blank(MemorySize.gib(1)))
            .seed(SeedBenchmark.ordinary())
            .build();
  }

  /** A new state directory, removed again at the end. */
  static Workplace open() throws IOException {
    return new Workplace(Files.createTempDirectory("vmkit-bench"), image(), true);
  }

  /** A state directory that somebody else removes. */
  static Workplace in(Path directory, Image image) {
    return new Workplace(directory, image, false);
  }

  /** The tiny guest: what is measured must not drown in a guest's own start. */
  static Image image() {
    return ImageSource.tinyGuest().obtain(ImageStore.fromEnvironment(), Progress.none());
  }

  /** Makes and starts the machine. */
  Vm start() {
    return vmkit.start(spec);
  }

  StateLayout.VmFiles files() {
    return layout.vm(NAME);
  }

  Path directory() {
    return layout.root();
  }

  @Override
  public void close() {
    vmkit.close();
    if (own) {
      DurableFiles.removeTree(layout.root());
    }
  }
}
