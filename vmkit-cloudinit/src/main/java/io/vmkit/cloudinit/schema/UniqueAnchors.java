package io.vmkit.cloudinit.schema;

import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/** A parser that refuses an anchor defined twice, as PyYAML does and SnakeYAML does not. */
final class UniqueAnchors implements Parser {
  private final Parser parser;
  private final Set<String> anchors = new HashSet<>();

  UniqueAnchors(Parser parser) {
    this.parser = parser;
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
    if (event instanceof NodeEvent node
        && !(node instanceof AliasEvent)
        && node.getAnchor() != null
        && !anchors.add(node.getAnchor())) {
      throw new ParserException(null, null, "the anchor is defined twice", event.getStartMark());
    }
    return event;
  }
}
