package io.vmkit.guest;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Arguments in a form that the agent's JSON can carry. */
final class AgentText {
  private AgentText() {}

  /**
   * The arguments, or a shell that makes them. QEMU's JSON parser refuses Unicode's noncharacters
   * (util/unicode.c, is_valid_codepoint), so words with such are spelt in octal.
   */
  static List<String> sendable(List<String> argv) {
    if (argv.stream().noneMatch(AgentText::hasNoncharacter)) {
      return argv;
    }
    StringBuilder script = new StringBuilder();
    for (String word : argv) {
      // The x keeps line breaks at the end, which $(…) would take off.
      script.append("word=$(printf %b '" + octal(word) + "x')\n");
      script.append("set -- \"$@\" \"${word%x}\"\n");
    }
    return ShellText.shell(script + "exec \"$@\"", List.of());
  }

  private static boolean hasNoncharacter(String text) {
    return text.codePoints().anyMatch(AgentText::isNoncharacter);
  }

  /** U+FDD0 to U+FDEF, and the last two code points of each plane (Unicode, section 23.7). */
  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
  }

  private static String octal(String word) {
    StringBuilder text = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      text.append(String.format("\\0%03o", b & 0xff));
    }
    return text.toString();
  }
}
