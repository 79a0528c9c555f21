package io.vmkit.cloudinit.schema;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * A parser that refuses what PyYAML refuses and SnakeYAML lets pass: an anchor defined twice, other
 * characters in its name than letters, digits, - and _, and tabs within or after plain text.
 */
final class PyYamlParser implements Parser {
  private static final Pattern ANCHOR = Pattern.compile("[-_0-9A-Za-z]+");

  private final Parser parser;
  private final Set<String> anchors = new HashSet<>();

  /** The characters of a text that holds tabs, else null. */
  private final int @Nullable [] tabbed;

  PyYamlParser(Parser parser, String text) {
    this.parser = parser;
    this.tabbed = text.indexOf('\t') < 0 ? null : text.codePoints().toArray();
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    Event event = parser.getEvent();
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      checkAnchor(node);
    }
    if (tabbed != null && event instanceof ScalarEvent scalar) {
      checkTabs(scalar, tabbed);
    }
    return event;
  }

  private void checkAnchor(NodeEvent node) {
    if (!ANCHOR.matcher(node.getAnchor()).matches()) {
      throw refused("an anchor is named by letters, digits, - and _ only", node.getStartMark());
    }
    if (!(node instanceof AliasEvent) && !anchors.add(node.getAnchor())) {
      throw refused("the anchor is defined twice", node.getStartMark());
    }
  }

  private static void checkTabs(ScalarEvent scalar, int[] text) {
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getValue().isEmpty()) {
      return;
    }
    int end = scalar.getEndMark().getIndex();
    for (int i = scalar.getStartMark().getIndex(); i < text.length; i++) {
      if (text[i] == '\t') {
        throw refused("a tab stands in or after plain text", scalar.getStartMark());
      }
      if (i >= end && text[i] != ' ') {
        return;
      }
    }
  }

  private static ParserException refused(String problem, Mark mark) {
    return new ParserException(null, null, problem, mark);
  }
}
