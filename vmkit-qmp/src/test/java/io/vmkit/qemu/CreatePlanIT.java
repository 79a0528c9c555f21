package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vmkit;
import io.vmkit.error.AlreadyExists;
import io.vmkit.error.StorageFault;
import io.vmkit.image.BaseDisk;
import io.vmkit.image.Image;
import io.vmkit.image.QemuImg;
import io.vmkit.plan.Plan;
import io.vmkit.plan.StepDescription;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Firmware;
import io.vmkit.spec.SeedContext;
import io.vmkit.spec.SeedImage;
import io.vmkit.spec.SeedSource;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Architecture;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says is what its run does: no more, no less, and nothing before. */
@Timeout(60)
class CreatePlanIT {
  @TempDir private Path elsewhere;
  private TestState state;
  private Vmkit vmkit;

  @BeforeEach
  void open() {
    state = TestState.make();
    vmkit = state.open();
  }

  @AfterEach
  void close() {
    state.close();
  }

  /** A seed of a few bytes that keeps what it was told. */
  private record TextSeed(List<SeedContext> told) implements SeedSource {
    @Override
    public SeedImage seedFor(SeedContext context) {
      told.add(context);
      return new SeedImage() {
        @Override
        public String instanceId() {
          return "id-1";
        }

        @Override
        public Optional<String> loginUser() {
          return Optional.of("tester");
        }

        @Override
        public void writeTo(Path file) {
          DurableFiles.replace(file, "rw-------", "seed");
        }
      };
    }
  }

  private Image diskImage() {
    BaseDisk base =
        QemuImg.by(CommandRunner.system())
            .createBlank(elsewhere.resolve("base.qcow2"), MemorySize.mib(16));
    return new Image("base", "key", Architecture.X86_64, Optional.of(base), Optional.empty());
  }

  private DomainSpec.Builder everything(List<SeedContext> told) {
    return DomainSpec.named("plan")
        .hostname("host")
        .image(diskImage())
        .diskSize(MemorySize.mib(32))
        .disk(DiskSpec.blank(MemorySize.mib(8)))
        .firmware(Firmware.UEFI)
        .seed(new TextSeed(told))
        .loginKey(SshKeyPair.ed25519("caller"));
  }

  @Test
  void planningChangesNothing() {
    List<String> before = state.files();
    vmkit.plan(everything(new ArrayList<>()).build()).describe();
    assertThat(state.files()).isEqualTo(before);
    vmkit.plan(TestState.tiny("plan").seed(new TextSeed(new ArrayList<>())).build()).toString();
    assertThat(state.files()).isEqualTo(before);
  }

  @Test
  void theRunMakesWhatWasDescribedAndNothingElse() {
    List<String> before = state.files();
    Plan plan = vmkit.plan(everything(new ArrayList<>()).build());
    List<StepDescription> described = plan.describe();
    assertThat(described)
        .extracting(StepDescription::verb)
        .containsExactly(
            "make directory",
            "create overlay",
            "create disk",
            "copy UEFI variables",
            "write seed",
            "write login key",
            "register vm");
    assertThat(described.get(1).details()).containsEntry("size", MemorySize.mib(32).toString());
    assertThat(described.get(4).details()).containsEntry("instance-id", "id-1");
    plan.run(Progress.none());
    List<String> made = new ArrayList<>(state.files());
    made.removeAll(before);
    List<String> promised = new ArrayList<>(List.of("vms/plan/vm.json"));
    for (StepDescription step : described.subList(0, described.size() - 1)) {
      promised.add(state.root().relativize(Path.of(step.subject())).toString());
    }
    assertThat(made).containsExactlyInAnyOrderElementsOf(promised);
    assertThat(vmkit.list()).hasSize(1);
  }

  @Test
  void theSeedIsToldWhoTheMachineIsAndWhoMayEnter() {
    List<SeedContext> told = new ArrayList<>();
    SshKeyPair key = SshKeyPair.ed25519("caller");
    vmkit.plan(everything(told).loginKey(key).build());
    assertThat(told).hasSize(1);
    assertThat(told.get(0).name().value()).isEqualTo("plan");
    assertThat(told.get(0).hostname()).isEqualTo("host");
    assertThat(told.get(0).authorizedKeys()).containsExactly(key.publicKey());
    assertThat(told.get(0).hostKey()).isPresent();
  }

  @Test
  void noSecretStandsInAPlan() {
    List<SeedContext> told = new ArrayList<>();
    SshKeyPair key = SshKeyPair.ed25519("caller");
    String text = vmkit.plan(everything(told).loginKey(key).build()).toString();
    assertThat(text)
        .contains("create vm plan")
        .doesNotContain("PRIVATE KEY")
        .doesNotContain(key.privateKey().lines().skip(2).findFirst().orElseThrow())
        .doesNotContain(told.get(0).hostKey().orElseThrow().privateKey());
  }

  @Test
  void aStepThatFailsTakesTheOthersWithIt() throws IOException {
    List<String> before = state.files();
    Plan plan = vmkit.plan(everything(new ArrayList<>()).build());
    Files.delete(elsewhere.resolve("base.qcow2"));
    assertThatThrownBy(() -> plan.run(Progress.none())).isInstanceOf(StorageFault.class);
    assertThat(state.files()).isEqualTo(before);
    assertThat(vmkit.list()).isEmpty();
  }

  @Test
  void ofTwoPlansForOneNameTheSecondRunLosesAndHarmsNothing() {
    Plan first = vmkit.plan(everything(new ArrayList<>()).build());
    Plan second = vmkit.plan(TestState.tiny("plan").build());
    first.run(Progress.none());
    List<String> made = state.files();
    assertThatThrownBy(() -> second.run(Progress.none())).isInstanceOf(AlreadyExists.class);
    assertThat(state.files()).isEqualTo(made);
  }
}
