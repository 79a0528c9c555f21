package io.vmkit.qemu.argv;

import io.vmkit.qemu.machine.MachineRecord.Disk;
import io.vmkit.qemu.machine.MachineRecord.DiskFile;
import java.util.List;

/**
 * Disks on virtio-blk. Formats and backing files are written out, so that QEMU never guesses one
 * from what a guest may have written.
 */
final class DiskArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    List<Disk> disks = launch.machine().disks();
    for (int i = 0; i < disks.size(); i++) {
      String node = "disk" + i;
      addDisk(arguments, node, disks.get(i), i + 1);
    }
  }

  private static void addDisk(Arguments arguments, String node, Disk disk, int bootIndex) {
    QemuOption top = node(node, disk.top()).with("read-only", disk.readOnly() ? "on" : "off");
    DiskFile backing = disk.backing();
    if (backing != null) {
      String base = node + "-base";
      arguments.blockdev(node(base, backing).with("read-only", "on"));
      top.with("backing", base);
    }
    QemuOption device =
        QemuOption.of("virtio-blk-pci")
            .with("drive", node)
            .with("id", "virtio-" + node)
            .with("bootindex", bootIndex);
    if (disk.serial() != null) {
      device.with("serial", disk.serial());
    }
    arguments.blockdev(top.with("discard", "unmap").with("detect-zeroes", detectZeroes(disk)));
    arguments.device(device);
  }

  /** QEMU refuses to write zeroes as holes on a node that cannot be written. */
  private static String detectZeroes(Disk disk) {
    return disk.readOnly() ? "off" : "unmap";
  }

  private static QemuOption node(String name, DiskFile file) {
    return QemuOption.pairs()
        .with("driver", file.format())
        .with("node-name", name)
        .with("file.driver", "file")
        .with("file.filename", file.path());
  }
}
