package io.vmkit.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.NotFound;
import io.vmkit.error.StorageFault;
import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord.Disk;
import io.vmkit.qemu.machine.MachineRecord.DiskFile;
import io.vmkit.qemu.machine.MachineRecord.Forward;
import io.vmkit.qemu.machine.MachineRecord.Nic;
import io.vmkit.spec.Lifetime;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.Architecture;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineStoreTest {
  private static final VmName WEB = VmName.of("web");
  private static final VmName DB = VmName.of("db");

  @TempDir Path root;
  private MachineStore store;

  @BeforeEach
  void open() {
    store = new MachineStore(StateDirectory.at(root));
  }

  private MachineRecord write(VmName name) throws IOException {
    MachineRecord machine =
        new MachineRecord(
            "8f3c1c1e-0000-4000-8000-000000000001",
            name.value(),
            "host",
            "debian",
            "key",
            Architecture.X86_64,
            1L << 30,
            1,
            null,
            null,
            List.of(new Disk(new DiskFile("/disk", "raw"), null, true, "serial")),
            List.of(new Nic("52:54:00:00:00:01", List.of(new Forward(22, 0)))),
            false,
            null,
            Lifetime.BOUND,
            HostProcess.current());
    Files.createDirectory(store.files(name).directory());
    store.write(machine);
    return machine;
  }

  private RunRecord run(HostProcess process) {
    RunRecord run = new RunRecord(process, "tcg", List.of(new Forward(22, 40022)));
    store.writeRun(WEB, run);
    return run;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    MachineRecord web = write(WEB);
    MachineRecord db = write(DB);
    assertThat(store.find(WEB)).contains(web);
    assertThat(store.list()).containsExactly(db, web);
    assertThatThrownBy(() -> store.get(VmName.of("other")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(root.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "{}", "{\"uuid\":\"no\",\"name\":\"web\"}", "\u0000"})
  void aDamagedRecordIsNamedAndLeftOutOfTheList(String text) throws IOException {
    write(WEB);
    MachineRecord db = write(DB);
    Path file = store.files(WEB).record();
    Files.writeString(file, text);
    assertThatThrownBy(() -> store.find(WEB))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("remove its directory");
    assertThat(store.list()).containsExactly(db);
  }

  @Test
  void aRecordCopiedUnderAnotherNameIsNoMachine() throws IOException {
    MachineRecord web = write(WEB);
    Files.createDirectory(store.files(DB).directory());
    Files.copy(store.files(WEB).record(), store.files(DB).record());
    assertThatThrownBy(() -> store.find(DB))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the record of vm web");
    assertThat(store.list()).containsExactly(web);
  }

  @Test
  void fieldsOfALaterVersionAreTolerated() throws IOException {
    MachineRecord web = write(WEB);
    Path file = store.files(WEB).record();
    String later = Files.readString(file).replaceFirst("\\{", "{ \"tpm\": {\"version\": 2},");
    Files.writeString(file, later);
    assertThat(store.find(WEB)).contains(web);
  }

  @Test
  void whatIsNoMachineIsNotListed() throws IOException {
    Files.createDirectory(store.state().layout().vms().resolve("lost+found"));
    Files.createFile(store.state().layout().vms().resolve("note"));
    Files.createDirectory(store.state().layout().vms().resolve("half-made"));
    MachineRecord web = write(WEB);
    assertThat(store.directories()).extracting(VmName::value).containsExactly("half-made", "web");
    assertThat(store.list()).containsExactly(web);
  }

  @Test
  void aRunIsKnownAsLongAsItsVeryProcessLives() throws IOException {
    write(WEB);
    assertThat(store.run(WEB)).isEmpty();
    RunRecord alive = run(HostProcess.current());
    assertThat(store.run(WEB)).contains(alive);
    HostProcess me = HostProcess.current();
    run(new HostProcess(me.pid(), me.startTicks() - 1));
    assertThat(store.run(WEB)).as("a reused process id").isEmpty();
    run(new HostProcess(Integer.MAX_VALUE, 1));
    assertThat(store.run(WEB)).as("a dead process").isEmpty();
  }

  @Test
  void onlyTheTracesOfADeadRunAreCleared() throws IOException {
    write(WEB);
    run(HostProcess.current());
    Files.createFile(store.files(WEB).qmpSocket());
    store.clearRun(WEB);
    assertThat(store.files(WEB).runRecord()).exists();
    assertThat(store.files(WEB).qmpSocket()).exists();
    run(new HostProcess(Integer.MAX_VALUE, 1));
    store.clearRun(WEB);
    store.clearRun(WEB);
    assertThat(store.files(WEB).runRecord()).doesNotExist();
    assertThat(store.files(WEB).qmpSocket()).doesNotExist();
    assertThat(store.files(WEB).record()).exists();
  }

  @Test
  void aDamagedRunRecordIsNamed() throws IOException {
    write(WEB);
    Files.writeString(store.files(WEB).runRecord(), "{}");
    assertThatThrownBy(() -> store.run(WEB))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("run.json");
  }
}
