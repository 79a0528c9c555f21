package io.vmkit.image;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the host takes Debian from, read from its own sources in both forms of sources.list(5), so
 * that an image comes from the mirror that is known to be near and allowed.
 */
final class AptSources {
  private static final Path APT = Path.of("/etc/apt");
  private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
  private static final String DEFAULT_MIRROR = "http://deb.debian.org/debian";
  private static final String DEFAULT_SECURITY_MIRROR = "http://deb.debian.org/debian-security";
  private static final Set<String> ROLLING = Set.of("sid", "unstable");

  private static final Pattern ONE_LINE =
      Pattern.compile("deb\\s+(?:\\[([^\\]]*)]\\s+)?(\\S+)\\s+(\\S+)\\s+(.+)");
  private static final Pattern SIGNED_BY = Pattern.compile("signed-by=(\\S+)");
  private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+):\\s*(.*)");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private AptSources() {}

  private record Source(String uri, String suite, Set<String> components, String signedBy) {
    boolean isDebianOf(String codename) {
      String base = suite.replaceFirst("[-/](updates|security)$", "");
      return (base.equals(codename) || base.equals("stable"))
          && components.contains("main")
          && (signedBy.isEmpty() || signedBy.contains("debian-archive"))
          && uri.matches("https?:.*|mirror.*:.*");
    }

    String line(String codename, String wanted) {
      return String.format(
          "deb [signed-by=%s] %s %s main",
          KEYRING, uri, suite.replaceFirst("^(" + codename + "|stable)", wanted));
    }
  }

  /** {@return a sources.list for a release of Debian, by the host's mirror or the usual one} */
  static String forSuite(String suite) {
    OsRelease host = OsRelease.ofHost();
    if (!host.id().equals("debian")) {
      return usual(suite);
    }
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      try {
        all.append(Files.readString(file)).append("\n\n");
      } catch (IOException e) {
        throw DurableFiles.fault("read " + file, e);
      }
    }
    return forSuite(suite, host.codename(), all.toString());
  }

  /** {@return the same for a Debian host of that code name with these sources} */
  static String forSuite(String suite, String codename, String hostSources) {
    Set<String> lines =
        parse(hostSources).stream()
            .filter(source -> source.isDebianOf(codename))
            .map(source -> source.line(codename, suite))
            .filter(line -> !ROLLING.contains(suite) || line.contains(" " + suite + " "))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return lines.isEmpty() ? usual(suite) : String.join("\n", lines) + "\n";
  }

  private static String usual(String suite) {
    String base = String.format("deb [signed-by=%s] %s %s main%n", KEYRING, DEFAULT_MIRROR, suite);
    return ROLLING.contains(suite)
        ? base
        : base
            + base.replace(" " + suite + " ", " " + suite + "-updates ")
            + base.replace(DEFAULT_MIRROR, DEFAULT_SECURITY_MIRROR)
                .replace(" " + suite + " ", " " + suite + "-security ");
  }

  private static List<Path> files() {
    List<Path> files = new ArrayList<>();
    files.add(APT.resolve("sources.list"));
    Path directory = APT.resolve("sources.list.d");
    if (Files.isDirectory(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        entries.filter(file -> file.toString().matches(".+\\.(list|sources)")).forEach(files::add);
      } catch (IOException e) {
        throw DurableFiles.fault("list " + directory, e);
      }
    }
    return files.stream().filter(Files::isReadable).sorted().toList();
  }

  private static List<Source> parse(String text) {
    List<Source> sources = new ArrayList<>();
    Map<String, String> stanza = new LinkedHashMap<>();
    for (String line : text.concat("\n\n").lines().toList()) {
      Matcher oneLine = ONE_LINE.matcher(line.strip());
      Matcher field = FIELD.matcher(line);
      if (oneLine.matches()) {
        sources.add(oneLine(oneLine));
      } else if (line.isBlank()) {
        sources.addAll(ofStanza(stanza));
        stanza.clear();
      } else if (field.matches()) {
        stanza.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
      }
    }
    return sources;
  }

  private static Source oneLine(Matcher line) {
    Matcher signedBy = SIGNED_BY.matcher(line.group(1) == null ? "" : line.group(1));
    return new Source(
        line.group(2),
        line.group(3),
        words(line.group(4)),
        signedBy.find() ? signedBy.group(1) : "");
  }

  private static List<Source> ofStanza(Map<String, String> stanza) {
    if (!words(stanza.getOrDefault("types", "")).contains("deb")
        || stanza.getOrDefault("enabled", "yes").equalsIgnoreCase("no")) {
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    for (String uri : words(stanza.getOrDefault("uris", ""))) {
      for (String suite : words(stanza.getOrDefault("suites", ""))) {
        sources.add(
            new Source(
                uri,
                suite,
                words(stanza.getOrDefault("components", "")),
                stanza.getOrDefault("signed-by", "")));
      }
    }
    return sources;
  }

  private static Set<String> words(String text) {
    return Arrays.stream(SPACE.split(text.strip(), -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
