package io.vmkit.cloudinit.schema;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The types of plain scalars, by the patterns of PyYAML 6 ({@code yaml/resolver.py}). SnakeYAML's
 * own patterns differ: it reads {@code 1e3} as a number, PyYAML as text.
 */
final class PyYamlResolver extends Resolver {
  static final Tag VALUE = new Tag(Tag.PREFIX + "value");

  static final Pattern PY_BOOL =
      Pattern.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  static final Pattern PY_INT =
      Pattern.compile(
          "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
  static final Pattern PY_FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
  private static final Pattern PY_NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern PY_TIMESTAMP =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)"
              + "[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
              + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, whole(PY_BOOL), "yYnNtTfFoO");
    addImplicitResolver(Tag.FLOAT, whole(PY_FLOAT), "-+0123456789.");
    addImplicitResolver(Tag.INT, whole(PY_INT), "-+0123456789");
    addImplicitResolver(Tag.MERGE, whole(Pattern.compile("<<")), "<");
    addImplicitResolver(Tag.NULL, whole(PY_NULL), "~nN\0");
    addImplicitResolver(Tag.TIMESTAMP, whole(PY_TIMESTAMP), "0123456789");
    addImplicitResolver(VALUE, whole(Pattern.compile("=")), "=");
  }

  /** SnakeYAML searches where PyYAML matches; Python's own patterns end in {@code $} too. */
  private static Pattern whole(Pattern pattern) {
    return Pattern.compile("^(?:" + pattern.pattern() + ")$");
  }
}
