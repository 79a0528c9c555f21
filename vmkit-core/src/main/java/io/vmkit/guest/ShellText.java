package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a POSIX shell reads: quoting, and the small scripts around a guest's programs. */
final class ShellText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /**
   * Runs {@code $2…} as the user {@code $1}. What is given is kept by su and sudo alike: arguments.
   */
  private static final String AS_USER =
      """
      user=$1
      shift
      [ "$(id -un)" = "$user" ] && exec "$@"
      [ "$(id -u)" = 0 ] && exec su -s /bin/sh -c 'exec "$@"' -- "$user" sh "$@"
      exec sudo -n -u "$user" -- "$@"
      """;

  private ShellText() {}

  /** One word of a shell, whatever characters the text has. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** As {@link #quoted}, but for people: plain words stay as they are. */
  static String readable(String text) {
    return PLAIN.matcher(text).matches() ? text : quoted(text);
  }

  static String joined(List<String> words) {
    return words.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
  }

  /** Refuses what cannot travel as an argument in UTF-8. */
  static String checked(String attempted, String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidSpec(attempted, what + " contains NUL", "remove the character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidSpec(
          attempted, what + " contains half a surrogate pair", "remove the character");
    }
    return text;
  }

  /** Refuses relative paths: the two shells start in different directories. */
  static String absolute(String attempted, String path) {
    if (!path.startsWith("/")) {
      throw new InvalidSpec(
          attempted, "'" + path + "' is no absolute path", "begin the path with a slash");
    }
    return checked(attempted, "the path", path);
  }

  /**
   * The command as arguments that need no directory, environment or user set beforehand: what it
   * asks for is done by shells in front of it, each of which gives way to the next by {@code exec}.
   */
  static List<String> selfContained(GuestCommand command) {
    List<String> argv = command.argv();
    String setting = setting(command);
    if (!setting.isEmpty()) {
      argv = shell(setting + "exec \"$@\"", argv);
    }
    if (command.user().isPresent()) {
      List<String> operands = new ArrayList<>(List.of(command.user().get()));
      operands.addAll(argv);
      argv = shell(AS_USER, operands);
    }
    return argv;
  }

  private static String setting(GuestCommand command) {
    StringBuilder script = new StringBuilder();
    command.directory().ifPresent(path -> script.append("cd " + quoted(path) + " || exit 127\n"));
    for (Map.Entry<String, String> variable : command.environment().entrySet()) {
      script.append("export " + variable.getKey() + "=" + quoted(variable.getValue()) + "\n");
    }
    return script.toString();
  }

  /** A shell that runs the script with operands {@code $1…}. */
  static List<String> shell(String script, List<String> operands) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    argv.addAll(operands);
    return argv;
  }
}
