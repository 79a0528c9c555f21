package io.vmkit.image;

import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The loadable modules of one unpacked kernel package, which no depmod has seen yet. */
final class KernelModules {
  /** The dependencies in section {@code .modinfo}, see modinfo(8). */
  private static final Pattern DEPENDS = Pattern.compile("\0depends=([^\0]*)\0");

  private static final Pattern FILE = Pattern.compile("(.+)\\.ko(\\.xz|\\.zst)?");
  private static final Pattern COMMA = Pattern.compile(",");

  private final CommandRunner runner;
  private final Map<String, Path> files = new HashMap<>();

  /** Looks for modules in a directory such as {@code /lib/modules}. */
  KernelModules(CommandRunner runner, Path directory) throws IOException {
    this.runner = runner;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          files.put(canonical(name.group(1)), file);
        }
      }
    }
  }

  /**
   * {@return the modules with all they depend on, each after its dependencies} Names without a file
   * are left out: the kernel has them built in, or is too old to know them.
   *
   * @param names the modules
   */
  Set<Path> inLoadOrder(List<String> names) throws IOException {
    Set<Path> ordered = new LinkedHashSet<>();
    for (String name : names) {
      visit(canonical(name), ordered);
    }
    return ordered;
  }

  private void visit(String name, Set<Path> ordered) throws IOException {
    Path file = files.get(name);
    if (file == null || ordered.contains(file)) {
      return;
    }
    Path plain = decompressed(file);
    files.put(name, plain);
    String content = Files.readString(plain, StandardCharsets.ISO_8859_1);
    Matcher depends = DEPENDS.matcher(content);
    if (depends.find()) {
      for (String dependency : COMMA.splitAsStream(depends.group(1)).toList()) {
        visit(canonical(dependency), ordered);
      }
    }
    ordered.add(plain);
  }

  /** The loader of busybox knows neither xz nor zstd. */
  private Path decompressed(Path file) {
    String name = file.toString();
    if (name.endsWith(".ko")) {
      return file;
    }
    boolean xz = name.endsWith(".xz");
    String tool = (xz ? HostTool.XZ : HostTool.ZSTD).require("unpack kernel modules");
    Command.Builder command = Command.of(tool, "-d", "-q", "-f");
    runner
        .run((xz ? command : command.arg("--rm")).arg(name).build())
        .orThrow("install the kernel package anew");
    return Path.of(name.substring(0, name.lastIndexOf('.')));
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }
}
