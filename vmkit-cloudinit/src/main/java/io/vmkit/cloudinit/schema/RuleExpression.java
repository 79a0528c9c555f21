package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one expression of a rule file; its grammar stands at the head of each such file. */
final class RuleExpression {
  private static final Map<String, KindRule> TYPES =
      Map.of(
          "text", new KindRule("text", EnumSet.of(Kind.TEXT, Kind.BYTES)),
          "flag", new KindRule("true or false", EnumSet.of(Kind.FLAG)),
          "date", new KindRule("a date", EnumSet.of(Kind.DATE)),
          "null", new KindRule("null", EnumSet.of(Kind.NULL)),
          "list", new KindRule("a list", EnumSet.of(Kind.LIST)),
          "map", new KindRule("a mapping", EnumSet.of(Kind.MAP)),
          "any", new KindRule("anything", EnumSet.allOf(Kind.class)));

  private static final Pattern ALTERNATIVE = Pattern.compile("(?<base>.*?)(?: \\((?<when>.*)\\))?");
  private static final Pattern LIST =
      Pattern.compile("\\[(?<item>.*)](?:\\{(?<bounds>[0-9.]+)})?(?<unique> unique)?");
  private static final Pattern NUMBER =
      Pattern.compile("(?<type>int|number)(?: >= (?<min>-?\\d+)(?: <= (?<max>\\d+))?)?");
  private static final Pattern FORM = Pattern.compile("text\\((?<form>[-\\w]+)\\)");

  private final RuleFile file;
  private final CloudInitVersion version;

  RuleExpression(RuleFile file, CloudInitVersion version) {
    this.file = file;
    this.version = version;
  }

  /** What an expression says; the rule is absent when nothing of it is in this version. */
  record Parsed(Optional<Rule> rule, boolean required) {}

  Parsed parse(String expression) {
    List<Rule> rules = new ArrayList<>();
    boolean required = false;
    for (String part : split(expression)) {
      Matcher matcher = ALTERNATIVE.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(expression);
      }
      String when = matcher.group("when");
      RuleModifiers modifiers = RuleModifiers.parse(when == null ? "" : when);
      required |= modifiers.requiredIn(version);
      if (modifiers.existsIn(version)) {
        rules.add(modifiers.deprecate(base(matcher.group("base").strip()), version));
      }
    }
    return new Parsed(oneOf(rules), required);
  }

  /** {@return the alternatives as one rule; fixed words are gathered into one} */
  static Optional<Rule> oneOf(List<Rule> rules) {
    List<String> texts = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    List<Rule> others = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule instanceof WordRule words) {
        texts.addAll(words.texts());
        flags.addAll(words.flags());
      } else {
        others.add(rule);
      }
    }
    if (!texts.isEmpty() || !flags.isEmpty()) {
      others.add(0, new WordRule(List.copyOf(texts), List.copyOf(flags)));
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(others.size() == 1 ? others.get(0) : new EitherRule(List.copyOf(others)));
  }

  private Rule base(String text) {
    if (text.startsWith("[")) {
      return list(text);
    } else if (text.startsWith("'")) {
      return new WordRule(List.of(text.substring(1, text.length() - 1)), List.of());
    } else if (Set.of("true", "false").contains(text)) {
      return new WordRule(List.of(), List.of(text));
    } else if (text.startsWith("$")) {
      return file.shape(text.substring(1));
    }
    KindRule type = TYPES.get(text);
    if (type != null) {
      return type;
    }
    Matcher form = FORM.matcher(text);
    return form.matches() ? new TextRule(file.form(form.group("form"))) : number(text);
  }

  private Rule list(String text) {
    Matcher matcher = LIST.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    Rule item = parse(matcher.group("item")).rule().orElseThrow();
    String bounds = matcher.group("bounds");
    return list(item, bounds == null ? "0.." : bounds, matcher.group("unique") != null);
  }

  /** {@return a list with bounds written as 2, 1.. or 2..6} */
  static ListRule list(Rule item, String bounds, boolean unique) {
    int dots = bounds.indexOf("..");
    int minimum = Integer.parseInt(dots < 0 ? bounds : bounds.substring(0, dots));
    String end = dots < 0 ? bounds : bounds.substring(dots + 2);
    int maximum = end.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(end);
    return new ListRule(item, minimum, maximum, unique);
  }

  private static Rule number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    String min = matcher.group("min");
    String max = matcher.group("max");
    return new NumberRule(
        matcher.group("type").equals("int"),
        min == null ? Long.MIN_VALUE : Long.parseLong(min),
        max == null ? Long.MAX_VALUE : Long.parseLong(max));
  }

  /** The parts between bars that stand in no bracket, parenthesis or quote. */
  private static List<String> split(String expression) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if (c == '|' && depth == 0) {
        parts.add(expression.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(expression.substring(start).strip());
    return parts;
  }
}
