package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Field;
import io.vmkit.cloudinit.schema.YamlValue.Kind;
import io.vmkit.cloudinit.schema.YamlValue.OddKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the nodes of one document into values by the rules of PyYAML's SafeConstructor. An aliased
 * node becomes one shared value, so that aliases of aliases cost nothing; merged mappings are
 * copied and therefore counted.
 */
final class YamlTree {
  private static final int MAX_MERGED_KEYS = 100_000;

  private final Set<Tag> textTags;
  private final List<Finding> warnings;
  private final IdentityHashMap<Node, YamlValue> done = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
  private int mergedKeys;

  YamlTree(Set<Tag> textTags, List<Finding> warnings) {
    this.textTags = textTags;
    this.warnings = warnings;
  }

  YamlValue convert(Node node, Path path) throws YamlFault {
    YamlValue known = done.get(node);
    if (known != null) {
      return known;
    }
    if (open.put(node, true) != null) {
      throw fault(node, path, "the alias refers to a collection that contains it; write it out");
    }
    YamlValue value = construct(node, path);
    open.remove(node);
    done.put(node, value);
    return value;
  }

  private YamlValue construct(Node node, Path path) throws YamlFault {
    if (node instanceof ScalarNode scalar) {
      return YamlScalars.read(scalar, path, textTags);
    }
    Tag tag = node.getTag();
    if (node instanceof SequenceNode sequence) {
      if (tag.equals(Tag.SEQ)) {
        return YamlValue.list(Position.of(node.getStartMark()), items(sequence, path));
      } else if (tag.equals(Tag.OMAP) || tag.equals(Tag.PAIRS)) {
        return pairs(sequence, path);
      }
    } else if (node instanceof MappingNode mapping) {
      if (tag.equals(Tag.MAP)) {
        return mapping(mapping, path);
      } else if (tag.equals(Tag.SET)) {
        mapping(mapping, path);
        return YamlValue.scalar(Kind.OTHER, Position.of(node.getStartMark()), "");
      }
    }
    throw fault(
        node, path, "the tag " + Path.shown(tag.getValue()) + " does not fit here; leave it out");
  }

  private List<YamlValue> items(SequenceNode sequence, Path path) throws YamlFault {
    List<YamlValue> items = new ArrayList<>(sequence.getValue().size());
    for (Node item : sequence.getValue()) {
      items.add(convert(item, path.item(items.size())));
    }
    return items;
  }

  /** An ordered mapping is a list of pairs in Python, and a pair is nothing JSON knows. */
  private YamlValue pairs(SequenceNode sequence, Path path) throws YamlFault {
    List<YamlValue> pairs = new ArrayList<>();
    for (YamlValue item : items(sequence, path)) {
      if (item.kind() != Kind.MAP || item.keyCount() != 1) {
        throw fault(sequence, path, "each item here must be a mapping of one key");
      }
      pairs.add(YamlValue.scalar(Kind.OTHER, item.position(), ""));
    }
    return YamlValue.list(Position.of(sequence.getStartMark()), pairs);
  }

  private YamlValue mapping(MappingNode mapping, Path path) throws YamlFault {
    warnOfDuplicates(mapping, path);
    Map<String, Field> fields = new LinkedHashMap<>();
    List<OddKey> oddKeys = new ArrayList<>();
    for (NodeTuple entry : flattened(mapping, path)) {
      Node keyNode = entry.getKeyNode();
      if (isText(keyNode)) {
        String key = ((ScalarNode) keyNode).getValue();
        YamlValue value = convert(entry.getValueNode(), path.field(key));
        fields.put(key, new Field(Position.of(keyNode.getStartMark()), value));
      } else {
        oddKeys.add(oddKey(entry, path));
      }
    }
    return YamlValue.map(Position.of(mapping.getStartMark()), fields, oddKeys);
  }

  private boolean isText(Node key) {
    return key instanceof ScalarNode
        && (textTags.contains(key.getTag()) || key.getTag().equals(PyYamlResolver.VALUE));
  }

  private OddKey oddKey(NodeTuple entry, Path path) throws YamlFault {
    YamlValue key = convert(entry.getKeyNode(), path);
    if (key.kind() == Kind.MAP || key.kind() == Kind.LIST || key.kind() == Kind.OTHER) {
      throw fault(
          entry.getKeyNode(), path, key.kind().noun() + " cannot be a key; write a plain word");
    }
    String identity = Double.isNaN(key.number()) ? key.kind() + key.text() : "" + key.number();
    YamlValue value = convert(entry.getValueNode(), path.field(key.text()));
    return new OddKey(key.kind(), identity, key.position(), value);
  }

  /** The entries with every {@code <<} replaced by what it merges; a later entry wins. */
  private List<NodeTuple> flattened(MappingNode mapping, Path path) throws YamlFault {
    List<NodeTuple> merged = new ArrayList<>();
    List<NodeTuple> own = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(entry.getValueNode(), path, merged);
      } else {
        own.add(entry);
      }
    }
    merged.addAll(own);
    return merged;
  }

  private void merge(Node source, Path path, List<NodeTuple> merged) throws YamlFault {
    if (open.containsKey(source)) {
      throw fault(source, path, "<< merges a mapping into itself; write it out");
    }
    if (source instanceof MappingNode mapping) {
      open.put(source, true);
      merged.addAll(counted(flattened(mapping, path), source, path));
      open.remove(source);
    } else if (source instanceof SequenceNode sequence) {
      List<Node> parts = sequence.getValue();
      for (int i = parts.size() - 1; i >= 0; i--) {
        if (!(parts.get(i) instanceof MappingNode)) {
          throw fault(source, path, "<< merges mappings only");
        }
        merge(parts.get(i), path, merged);
      }
    } else {
      throw fault(source, path, "<< needs a mapping, or an alias of one, as in <<: *name");
    }
  }

  private List<NodeTuple> counted(List<NodeTuple> entries, Node source, Path path)
      throws YamlFault {
    mergedKeys += entries.size();
    if (mergedKeys > MAX_MERGED_KEYS) {
      throw fault(source, path, "<< merges more than " + MAX_MERGED_KEYS + " keys; write them out");
    }
    return entries;
  }

  private void warnOfDuplicates(MappingNode mapping, Path path) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      Node key = entry.getKeyNode();
      if (isText(key) && !seen.add(((ScalarNode) key).getValue())) {
        String name = ((ScalarNode) key).getValue();
        warnings.add(
            Finding.at(
                path.field(name),
                Position.of(key.getStartMark()),
                "the key stands here a second time and replaces the first; keep one of them"));
      }
    }
  }

  private static YamlFault fault(Node node, Path path, String message) {
    return new YamlFault(path, Position.of(node.getStartMark()), message);
  }
}
