package io.vmkit.examples;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.cloudinit.CloudInit;
import io.vmkit.examples.terminal.CtrlC;
import io.vmkit.examples.terminal.TerminalProgress;
import io.vmkit.guest.GuestShell;
import io.vmkit.guest.Ready;
import io.vmkit.image.Image;
import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.plan.Uninterrupted;
import io.vmkit.qemu.QemuDriver;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Lifetime;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.MemorySize;
import io.vmkit.value.VmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes a Debian VM out of nothing but QEMU, configures it by cloud-init, reaches it by SSH and by
 * guest agent, and puts it away. {@code --keep} leaves it running, {@code --remove} removes one
 * kept.
 */
public final class Quickstart {
  private static final VmName NAME = VmName.of("quickstart");

  private final Vmkit vmkit;
  private final StateDirectory state;

  private Quickstart(Vmkit vmkit, StateDirectory state) {
    this.vmkit = vmkit;
    this.state = state;
  }

  /**
   * Runs the example.
   *
   * @param args {@code --keep}, {@code --remove} or nothing
   */
  public static void main(String[] args) {
    List<String> options = List.of(args);
    CtrlC.guard(
        () -> {
          StateDirectory state = StateDirectory.fromEnvironment();
          try (Vmkit vmkit = Vmkit.over(QemuDriver.in(state.layout().root()))) {
            if (options.contains("--remove")) {
              vmkit.vm(NAME.value()).delete();
            } else {
              new Quickstart(vmkit, state).run(options.contains("--keep"));
            }
          }
        });
  }

  private void run(boolean keep) {
    DomainSpec spec =
        DomainSpec.named(NAME.value())
            .image(debian())
            .memory(MemorySize.gib(1))
            .cpus(2)
            .diskSize(MemorySize.gib(10))
            .seed(CloudInit.defaults())
            .lifetime(keep ? Lifetime.PERSISTENT : Lifetime.BOUND)
            .build();
    System.out.println("Starting " + spec);
    Vm vm = vmkit.start(spec);
    try {
      use(vm);
    } catch (RuntimeException | Error failure) {
      Uninterrupted.run(vm::delete); // A machine to keep would otherwise outlive its failure.
      throw failure;
    }
    if (keep) {
      System.out.println("It goes on. Remove it with: vmkit-examples/run Quickstart --remove");
      return;
    }
    vm.shutdown(Duration.ofMinutes(2));
    vm.close();
    System.out.println("Shut down and removed");
  }

  private static Image debian() {
    return ImageSource.debian("bookworm")
        .obtain(ImageStore.fromEnvironment(), new TerminalProgress());
  }

  private void use(Vm vm) {
    vm.await(Ready.all(Ready.agent(), Ready.ssh(), Ready.cloudInit()));
    System.out.println("Ready\n" + vm.timeline());
    print("by SSH  ", vm.ssh());
    print("by agent", vm.agent());
    Path config = state.layout().vm(NAME).sshConfig();
    System.out.println("Log in yourself: " + vm.sshConfig().commandLine(config));
  }

  private static void print(String how, GuestShell shell) {
    System.out.println(how + ": " + shell.run("uname", "-a").orThrow().stdout().strip());
  }
}
