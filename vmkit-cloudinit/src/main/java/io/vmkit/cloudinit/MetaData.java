package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What NoCloud's meta-data says beside the instance-id and the host name, which vmkit knows.
 * Immutable.
 */
public final class MetaData {
  private static final String INSTANCE_ID = "instance-id";
  private static final String HOSTNAME = "local-hostname";
  private static final String PUBLIC_KEYS = "public-keys";

  private final Map<String, Object> values;

  private MetaData(Map<String, Object> values) {
    this.values = values;
  }

  /** {@return a builder of meta-data that say nothing yet} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the instance-id that was given, or empty: it then follows from the seed's content} */
  public Optional<String> instanceId() {
    return text(INSTANCE_ID);
  }

  /** {@return the host name that was given, or empty: it then is the machine's} */
  public Optional<String> hostname() {
    return text(HOSTNAME);
  }

  private Optional<String> text(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The mapping without an instance-id, with a host name and further keys filled in. */
  Map<String, Object> completed(String hostname, List<String> furtherKeys) {
    Tree tree = new Tree().put(HOSTNAME, hostname);
    values.forEach(tree::put);
    Set<String> keys = new LinkedHashSet<>();
    if (values.get(PUBLIC_KEYS) instanceof List<?> own) {
      own.forEach(key -> keys.add(String.valueOf(key)));
    }
    keys.addAll(furtherKeys);
    return tree.putPresent(PUBLIC_KEYS, new ArrayList<>(keys)).frozen();
  }

  /** The document, the instance-id first. */
  static String render(String instanceId, Map<String, Object> completed) {
    Tree tree = new Tree().put(INSTANCE_ID, instanceId);
    completed.forEach(tree::put);
    return Yaml.render(tree.put(INSTANCE_ID, instanceId).frozen());
  }

  /** The instance-id that a user's own text has. */
  static String instanceIdOf(String text) {
    Object id = Yaml.mapping(text).<Object>map(map -> map.get(INSTANCE_ID)).orElse("");
    if (!(id instanceof String value) || value.isBlank()) {
      throw new InvalidSpec(
          "take meta-data as a text",
          "it has no instance-id",
          "add a line like 'instance-id: web-1', or use the typed MetaData");
    }
    return value;
  }

  /** {@return whether both say the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof MetaData data && values.equals(data.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** {@return the names of the values} */
  @Override
  public String toString() {
    return "MetaData" + values.keySet();
  }

  /** Collects what the meta-data shall say. Not thread-safe. */
  public static final class Builder {
    private final Tree values = new Tree();

    private Builder() {}

    /**
     * Sets the instance-id. Only for those who decide themselves when cloud-init runs again.
     *
     * @param id the id
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder instanceId(String id) {
      values.put(INSTANCE_ID, Checks.notBlank("set the instance-id", id));
      return this;
    }

    /**
     * Sets the host name, by default the one that the machine's specification has.
     *
     * @param name a host name (RFC 1123)
     * @return this
     * @throws InvalidSpec when it is none
     */
    public Builder hostname(String name) {
      values.put(HOSTNAME, Checks.hostname(name));
      return this;
    }

    /**
     * Adds a public key that may log in as the image's default user.
     *
     * @param line one line of {@code authorized_keys}
     * @return this
     * @throws InvalidSpec when it is no such line
     */
    public Builder publicKey(String line) {
      values.append(PUBLIC_KEYS, Checks.publicKey(line));
      return this;
    }

    /**
     * Sets another value, for templates and {@code cloud-init query}.
     *
     * @param key its name, none of those that have their own method
     * @param value maps, lists, strings, numbers and booleans
     * @return this
     * @throws InvalidSpec when the key has its own method, or the value has no YAML form
     */
    public Builder value(String key, Object value) {
      if (List.of(INSTANCE_ID, HOSTNAME, PUBLIC_KEYS).contains(key)) {
        throw new InvalidSpec("set the meta-data " + key, "it is typed", "use its own method");
      }
      values.put(key, Tree.sorted(value));
      return this;
    }

    /** {@return the meta-data} */
    public MetaData build() {
      return new MetaData(values.frozen());
    }
  }
}
