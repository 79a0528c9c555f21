package io.vmkit.modulepath;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The descriptors of the modules hold at run time: services, opened packages, jnr's needs. */
@Timeout(120)
class ModulePathIT {
  /** Parts of this test run that are no part of a program. */
  private static final Pattern TESTING =
      Pattern.compile(
          "junit|jqwik|assertj|byte-buddy|opentest4j|apiguardian|surefire|cloudinit"
              + "|-tests\\.jar|test-classes");

  @TempDir private Path state;

  @Test
  void aProgramOnTheModulePathBootsAGuest() throws Exception {
    Map<Boolean, List<String>> parts =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(not(String::isEmpty))
            .filter(part -> hasMain(part) || !TESTING.matcher(end(part)).find())
            .collect(Collectors.partitioningBy(ModulePathIT::hasMain));
    Path output = state.resolve("output");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                String.join(File.pathSeparator, parts.get(false)),
                "--add-modules",
                "io.vmkit.qmp",
                "--class-path",
                String.join(File.pathSeparator, parts.get(true)),
                ModulePathMain.class.getName(),
                state.resolve("state").toString(),
                Path.of(System.getProperty("vmkit.test.cache"), "images").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exitCode = java.waitFor();
    assertThat(Files.readString(output, UTF_8))
        .contains("io.vmkit.qmp direct\n")
        .endsWith("[vm modular] modular\n");
    assertThat(exitCode).isZero();
    assertThat(state.resolve("state/vms")).isEmptyDirectory();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static boolean hasMain(String part) {
    return Files.exists(Path.of(part, ModulePathMain.class.getName().replace('.', '/') + ".class"));
  }

  /** Enough of a path to know its project by, in a repository or a build, and none of ours. */
  private static String end(String part) {
    Path path = Path.of(part);
    int count = path.getNameCount();
    return path.subpath(Math.max(0, count - 3), count).toString();
  }
}
