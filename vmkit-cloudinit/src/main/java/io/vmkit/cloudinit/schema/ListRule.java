package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A list of so many items of one rule. */
record ListRule(Rule item, int minimum, int maximum, boolean unique) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (value.kind() != Kind.LIST) {
      check.wrongType(value, path, this);
      return;
    }
    List<YamlValue> items = value.items();
    if (items.size() < minimum || items.size() > maximum) {
      check.error(path, value.position(), "has " + items.size() + " items, write " + count());
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      YamlValue each = items.get(i);
      Path place = path.item(i);
      if (!check.visit()) {
        return;
      }
      item.check(each, place, check);
      if (unique && each.kind() == Kind.TEXT && !seen.add(each.text())) {
        check.error(place, each.position(), "stands in the list already; remove the repetition");
      }
    }
  }

  private String count() {
    if (minimum == maximum) {
      return minimum + " of them";
    }
    return maximum == Integer.MAX_VALUE
        ? "at least " + minimum
        : "from " + minimum + " to " + maximum;
  }

  @Override
  public boolean admits(Kind kind) {
    return kind == Kind.LIST;
  }

  @Override
  public String expected() {
    return "a list, each item " + item.expected();
  }
}
