package io.vmkit.image;

import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages of the host's own distribution, fetched and unpacked without being installed: no root is
 * needed and the host stays as it is. When the host's package lists are missing or too old to fetch
 * by, lists of our own are fetched beside the packages.
 */
final class AptPackages {
  private static final String ATTEMPTED = "fetch packages for an image";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** A line of {@code apt-cache depends}: {@code |Depends: <name:any>}. */
  private static final Pattern DEPENDENCY =
      Pattern.compile("\\s+\\|?(?:Pre)?Depends: ([a-z0-9][a-z0-9+.-]*)(?::\\S+)?");

  private final CommandRunner runner;
  private final Path directory;
  private List<String> options = List.of("-o", "APT::Sandbox::User=root");

  /** Works in a directory, which the caller removes. */
  AptPackages(CommandRunner runner, Path directory) {
    this.runner = runner;
    this.directory = directory;
  }

  /**
   * Fetches packages with those of their dependencies that are wanted, and unpacks all into {@code
   * root}.
   *
   * @param names the packages
   * @param wanted which dependencies to follow, by name
   * @param root the directory to unpack into
   */
  void unpack(List<String> names, Predicate<String> wanted, Path root) {
    CommandResult fetched = tryFetch(names, wanted);
    if (!fetched.succeeded()) {
      useOwnLists();
      tryFetch(names, wanted)
          .orThrow("check the network and the host's own apt sources with: sudo apt-get update");
    }
    String dpkgDeb = HostTool.DPKG_DEB.require(ATTEMPTED);
    for (Path archive : archives()) {
      runner
          .run(Command.of(dpkgDeb, "-x", archive.toString(), root.toString()).build())
          .orThrow("remove " + archive.getFileName() + " from any proxy that may have damaged it");
    }
  }

  private CommandResult tryFetch(List<String> names, Predicate<String> wanted) {
    CommandResult graph =
        apt(
            HostTool.APT_CACHE,
            Stream.concat(Stream.of("depends", "--recurse", "--important"), names.stream())
                .toList());
    if (!graph.succeeded()) {
      return graph;
    }
    List<String> arguments = new ArrayList<>(List.of("-q", "download"));
    arguments.addAll(closure(names, wanted, graph.output()));
    return apt(HostTool.APT_GET, arguments);
  }

  /** {@return the names and all wanted dependencies of theirs, as apt-cache printed the graph} */
  static Set<String> closure(List<String> names, Predicate<String> wanted, String graph) {
    Map<String, List<String>> dependencies = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : graph.lines().toList()) {
      Matcher dependency = DEPENDENCY.matcher(line);
      if (dependency.matches()) {
        current.add(dependency.group(1));
      } else if (!line.startsWith(" ")) {
        current = dependencies.computeIfAbsent(line.strip(), name -> new ArrayList<>());
      }
    }
    Set<String> closure = new LinkedHashSet<>();
    Deque<String> toVisit = new ArrayDeque<>(names);
    while (!toVisit.isEmpty()) {
      String name = toVisit.remove();
      if (closure.add(name)) {
        dependencies.getOrDefault(name, List.of()).stream()
            .filter(wanted.and(dependencies::containsKey))
            .forEach(toVisit::add);
      }
    }
    return closure;
  }

  private void useOwnLists() {
    Path lists = directory.resolve("lists");
    Path cache = directory.resolve("cache");
    DurableFiles.makePrivateDirectory(lists.resolve("partial"));
    DurableFiles.makePrivateDirectory(cache.resolve("archives/partial"));
    List<String> own = new ArrayList<>(options);
    own.addAll(List.of("-o", "Dir::State::lists=" + lists, "-o", "Dir::Cache=" + cache));
    options = List.copyOf(own);
    apt(HostTool.APT_GET, List.of("-q", "update"))
        .orThrow("check the network and the host's own apt sources with: sudo apt-get update");
  }

  private CommandResult apt(HostTool tool, List<String> arguments) {
    return runner.run(
        Command.of(tool.require(ATTEMPTED))
            .args(options)
            .args(arguments)
            .environment("LC_ALL", "C")
            .directory(directory)
            .timeout(TIMEOUT)
            .build());
  }

  private List<Path> archives() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    } catch (IOException e) {
      throw DurableFiles.fault("list " + directory, e);
    }
  }
}
