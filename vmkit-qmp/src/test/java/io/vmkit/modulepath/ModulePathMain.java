package io.vmkit.modulepath;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.driver.Driver;
import io.vmkit.driver.DriverFactory;
import io.vmkit.guest.Ready;
import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.progress.Progress;
import io.vmkit.qemu.QemuDriver;
import io.vmkit.spec.DomainSpec;
import io.vmkit.value.MemorySize;
import java.net.URI;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * A program that uses vmkit as modules: finds the driver by its URI, boots the tiny guest, talks to
 * it, and prints what came of it. In a package of its own, since one name is one module's alone.
 */
final class ModulePathMain {
  private ModulePathMain() {}

  public static void main(String[] args) {
    URI uri = URI.create("direct:///");
    Driver driver =
        ServiceLoader.load(DriverFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.accepts(uri))
            .findFirst()
            .orElseThrow()
            .open(uri, Path.of(args[0]));
    System.out.println(QemuDriver.class.getModule().getName() + " " + driver.name());
    try (Vmkit vmkit = Vmkit.over(driver);
        Vm vm = vmkit.start(tiny(Path.of(args[1])))) {
      vm.await(Ready.agent());
      System.out.println(vmkit.list() + " " + vm.agent().run("hostname").stdout().strip());
    }
  }

  private static DomainSpec tiny(Path images) {
    return DomainSpec.named("modular")
        .image(ImageSource.tinyGuest().obtain(ImageStore.in(images), Progress.none()))
        .memory(MemorySize.mib(256))
        .build();
  }
}
