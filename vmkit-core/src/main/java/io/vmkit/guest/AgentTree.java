package io.vmkit.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A guest's file system by the agent: contents by its file commands, all else by short scripts that
 * need no more than busybox.
 */
final class AgentTree implements FileTree {
  /** Operands of one script in characters; a message and ARG_MAX hold far more. */
  private static final int BATCH = 64 * 1024;

  /**
   * Describes the files named by the operands: their names, each ended by NUL, an empty name; the
   * links' targets, each with an x to keep line breaks at its end, an empty one; st_mode in
   * hexadecimal, a line each.
   */
  private static final String DESCRIBE =
      """
      [ $# -gt 0 ] || exit 0
      printf '%s\\0' "$@" ''
      for f; do
        [ ! -L "$f" ] || printf '%s\\0' "$(readlink -n -- "$f"; echo x)" || exit
      done
      printf '\\0'
      printf '%s\\0' "$@" | xargs -0 stat -c %f --
      """;

  private static final String FIND =
      """
      [ -e "$1" ] || [ -L "$1" ] || exit 0
      """;

  /**
   * Names get {@code ./} in front, since {@code stat -} would mean the standard input. A pattern
   * that matches nothing stays as it is, and comes first.
   */
  private static final String LIST =
      """
      [ -r "$1" ] || { echo "cannot list $1" >&2; exit 1; }
      cd "$1" || exit
      set --
      for pattern in './*' './.[!.]*' './..?*'; do
        set -- $pattern "$@"
        [ -e "$1" ] || [ -L "$1" ] || shift
      done
      """;

  private static final String MAKE_DIRECTORIES =
      """
      umask 077
      for d; do
        [ -d "$d" ] && [ ! -L "$d" ] || mkdir "$d" || exit
      done
      """;

  private static final String MAKE_LINKS =
      """
      while [ $# -gt 0 ]; do
        [ ! -L "$2" ] || rm "$2" || exit
        [ ! -e "$2" ] || { echo "$2 exists" >&2; exit 1; }
        ln -s -- "$1" "$2" || exit
        shift 2
      done
      """;

  private static final String SET_MODE =
      """
      mode=$1
      shift
      chmod "$mode" -- "$@"
      """;

  private final AgentCalls calls;
  private final AgentScripts scripts;

  AgentTree(AgentCalls calls) {
    this.calls = calls;
    this.scripts = new AgentScripts(calls);
  }

  @Override
  public Optional<FileNode> find(String path) throws IOException {
    List<FileNode> found = described(path, scripts.run(FIND + DESCRIBE, List.of(path)));
    return found.stream().findFirst();
  }

  @Override
  public List<FileNode> list(String directory) throws IOException {
    return described(directory, scripts.run(LIST + DESCRIBE, List.of(directory)));
  }

  private static List<FileNode> described(String path, AgentScripts.Outcome outcome)
      throws IOException {
    checked(path, outcome);
    String text = new String(outcome.stdout(), StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return List.of();
    }
    int namesEnd = text.indexOf("\0\0");
    List<String> names = Arrays.asList(text.substring(0, namesEnd).split("\0", -1));
    String rest = text.substring(namesEnd + 2);
    // Without links there is only the empty target.
    int linksEnd = rest.startsWith("\0") ? 0 : rest.indexOf("\0\0") + 1;
    List<String> targets = Arrays.asList(rest.substring(0, linksEnd).split("\0"));
    List<String> modes = rest.substring(linksEnd + 1).lines().toList();
    if (modes.size() != names.size()) {
      throw new FileSystemException(path, null, "changed while it was read");
    }
    return nodes(names, targets, modes);
  }

  private static List<FileNode> nodes(
      List<String> names, List<String> targets, List<String> modes) {
    List<FileNode> nodes = new ArrayList<>();
    int nextTarget = 0;
    for (int i = 0; i < names.size(); i++) {
      int mode = Integer.parseInt(modes.get(i), 16);
      String target = "";
      if (FileNode.Kind.of(mode) == FileNode.Kind.LINK) {
        String marked = targets.get(nextTarget++);
        target = marked.substring(0, marked.length() - 1);
      }
      String name = names.get(i);
      nodes.add(FileNode.of(name.startsWith("./") ? name.substring(2) : name, mode, target));
    }
    return nodes;
  }

  @Override
  public void makeDirectories(List<String> paths) throws IOException {
    inBatches(MAKE_DIRECTORIES, List.of(), paths, 1);
  }

  @Override
  public void makeLinks(Map<String, String> targets) throws IOException {
    List<String> pairs = new ArrayList<>();
    targets.forEach((path, target) -> pairs.addAll(List.of(target, path)));
    inBatches(MAKE_LINKS, List.of(), pairs, 2);
  }

  /** One chmod for each run of equal modes. */
  @Override
  public void setModes(Map<String, Integer> modes) throws IOException {
    List<String> paths = new ArrayList<>();
    int current = -1;
    for (Map.Entry<String, Integer> entry : modes.entrySet()) {
      if (entry.getValue() != current) {
        inBatches(SET_MODE, List.of(Integer.toOctalString(current)), paths, 1);
        paths.clear();
        current = entry.getValue();
      }
      paths.add(entry.getKey());
    }
    inBatches(SET_MODE, List.of(Integer.toOctalString(current)), paths, 1);
  }

  /** Runs the script over all operands, some at a time; those of one unit stay together. */
  private void inBatches(String script, List<String> fixed, List<String> operands, int unit)
      throws IOException {
    List<String> batch = new ArrayList<>();
    int length = 0;
    for (int i = 0; i < operands.size(); i++) {
      batch.add(operands.get(i));
      length += operands.get(i).length();
      boolean unitComplete = (i + 1) % unit == 0;
      if (i == operands.size() - 1 || (unitComplete && length > BATCH)) {
        List<String> all = new ArrayList<>(fixed);
        all.addAll(batch);
        checked(batch.get(batch.size() - 1), scripts.run(script, all));
        batch.clear();
        length = 0;
      }
    }
  }

  private static void checked(String path, AgentScripts.Outcome outcome) throws IOException {
    if (outcome.code() != 0) {
      throw new FileSystemException(path, null, outcome.stderr().strip());
    }
  }

  @Override
  public InputStream read(String path) throws IOException {
    return AgentStream.reading(calls, path);
  }

  @Override
  public OutputStream write(String path) throws IOException {
    return AgentStream.writing(calls, path);
  }

  @Override
  public void close() {}
}
