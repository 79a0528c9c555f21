package io.vmkit.cloudinit;

import io.vmkit.cloudinit.schema.CloudConfigSchema;
import io.vmkit.cloudinit.schema.Finding;
import io.vmkit.cloudinit.schema.NetworkConfigSchema;
import io.vmkit.cloudinit.schema.ValidationResult;
import io.vmkit.error.InvalidSpec;
import io.vmkit.spec.SeedContext;
import io.vmkit.spec.SeedSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells new guests who they are by cloud-init's NoCloud data source. Immutable, thread-safe, for as
 * many machines as you like.
 *
 * <pre>{@code
 * CloudInit seed = CloudInit.builder()
 *     .userData(UserData.builder().packages("nginx").build())
 *     .networkConfig(NetworkConfig.of(Ethernet.named("enp1s0").dhcp4().build()))
 *     .build();
 * }</pre>
 *
 * <p><b>What a machine adds</b> ({@link #seedFor}): its host name goes to the meta-data, its SSH
 * host key to the user-data, its authorized keys to the user who logs in.
 *
 * <p><b>Who logs in</b>: whom {@link Builder#loginUser} names; else the first user that the typed
 * user-data declare; else a user {@code vmkit} with sudo and without a password, which is then
 * added beside the image's default user. When a text of yours is all the user-data, and declares
 * users itself, none is added: the keys then go to the image's default user by way of the
 * meta-data.
 *
 * <p><b>A text of yours</b> goes unchanged. When it is all the user-data there is, the file {@code
 * user-data} is that text byte for byte, and what the machine adds goes to the vendor-data, which
 * cloud-init reads beneath the user-data. Beside typed user-data or scripts it becomes the first
 * part of a multi-part message; lists of the typed part (users, keys, commands, files) are appended
 * to its own, and where both set one value, the text's stays.
 */
public final class CloudInit implements SeedSource {
  private final Document userData;
  private final Document vendorData;
  private final MetaData metaData;
  private final @Nullable String metaDataText;
  private final String networkConfig;
  private final Optional<Instant> timestamp;
  private final Login login;

  private CloudInit(Builder builder) {
    userData =
        new Document(
            Optional.ofNullable(builder.userDataText),
            builder.scripts,
            Optional.ofNullable(builder.userData));
    vendorData =
        new Document(
            Optional.ofNullable(builder.vendorDataText),
            List.of(),
            Optional.ofNullable(builder.vendorData));
    metaData = builder.metaData == null ? MetaData.builder().build() : builder.metaData;
    metaDataText = builder.metaDataText;
    networkConfig =
        builder.networkConfig == null
            ? Objects.requireNonNullElse(builder.networkConfigText, "")
            : builder.networkConfig.toYaml();
    timestamp = Optional.ofNullable(builder.timestamp);
    login = Login.of(Optional.ofNullable(builder.loginUser), userData);
  }

  /** {@return a builder of a seed that says only what the machine adds} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return a seed with this user-data and nothing else}
   *
   * @param userData the user-data
   */
  public static CloudInit of(UserData userData) {
    return builder().userData(userData).build();
  }

  /** {@return a seed that says only what the machine adds: host name, host key, who logs in} */
  public static CloudInit defaults() {
    return builder().build();
  }

  /**
   * Holds all documents against the rules of the newest cloud-init that vmkit knows. Never called
   * by itself: reading the rules takes some 100 ms the first time.
   *
   * @return what was found, each path with its document in front; {@code orThrow()} makes errors of
   *     it
   */
  public ValidationResult validate() {
    return validate(CloudConfigSchema.latest());
  }

  /**
   * Holds all documents against the rules of a certain cloud-init. Texts in formats other than
   * cloud-config, such as scripts and multi-part messages, are passed over.
   *
   * @param schema the rules
   * @return what was found, each path with its document in front
   */
  public ValidationResult validate(CloudConfigSchema schema) {
    List<Finding> errors = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    Map<String, ValidationResult> results = new LinkedHashMap<>();
    results.put("user-data", userData.validate(schema));
    results.put("vendor-data", vendorData.validate(schema));
    if (!networkConfig.isEmpty()) {
      results.put("network-config", NetworkConfigSchema.load().validate(networkConfig));
    }
    results.forEach(
        (document, result) -> {
          result.errors().forEach(each -> errors.add(each.in(document)));
          result.warnings().forEach(each -> warnings.add(each.in(document)));
        });
    return new ValidationResult(errors, warnings);
  }

  @Override
  public NoCloudSeed seedFor(SeedContext context) {
    boolean textAlone = userData.isTextAlone();
    Document user = textAlone ? userData : userData.withTyped(additions(userData, context));
    Document vendor = textAlone ? vendorData.withTyped(additions(vendorData, context)) : vendorData;
    String hostname =
        metaData.hostname().or(this::typedHostname).orElse(Checks.hostname(context.hostname()));
    List<String> keys = login.way() == Login.Way.META_DATA ? context.authorizedKeys() : List.of();
    SeedFiles files = new SeedFiles(user.render(), "", networkConfig, vendor.render());
    return seed(files, metaData.completed(hostname, keys));
  }

  private Optional<String> typedHostname() {
    return userData.typed().flatMap(UserData::hostname);
  }

  private NoCloudSeed seed(SeedFiles files, Map<String, Object> meta) {
    if (metaDataText != null) {
      String id = MetaData.instanceIdOf(metaDataText);
      return new NoCloudSeed(id, login.name(), files.withMetaData(metaDataText), timestamp);
    }
    String id =
        metaData
            .instanceId()
            .orElseGet(() -> files.withMetaData(MetaData.render("", meta)).derivedInstanceId());
    SeedFiles complete = files.withMetaData(MetaData.render(id, meta));
    return new NoCloudSeed(id, login.name(), complete, timestamp);
  }

  /** The typed part of a document with what the machine adds. */
  private UserData additions(Document document, SeedContext context) {
    UserData.Builder builder = document.typed().orElse(UserData.builder().build()).toBuilder();
    context.hostKey().ifPresent(builder::hostKey);
    if (login.way() == Login.Way.DECLARED) {
      userData.typed().stream()
          .flatMap(data -> data.users().stream())
          .filter(user -> login.name().equals(Optional.of(user.name())))
          .forEach(user -> builder.replaceUser(withKeys(user, context)));
    }
    if (login.way() == Login.Way.OWN) {
      if (userData.usersInText().isEmpty()) {
        builder.keepDefaultUser();
      }
      builder.replaceUser(withKeys(ownUser(), context));
    }
    return builder.build();
  }

  private static User ownUser() {
    return User.named(Login.OWN_USER).sudoWithoutPassword().build();
  }

  private static User withKeys(User user, SeedContext context) {
    return user.toBuilder().authorizedKeys(context.authorizedKeys()).build();
  }

  private List<Object> state() {
    List<Object> state = new ArrayList<>(List.of(userData, vendorData, metaData, networkConfig));
    state.addAll(List.of(Optional.ofNullable(metaDataText), timestamp, login));
    return state;
  }

  /** {@return whether both make the same seeds} */
  @Override
  public boolean equals(Object other) {
    return other instanceof CloudInit cloudInit && state().equals(cloudInit.state());
  }

  @Override
  public int hashCode() {
    return state().hashCode();
  }

  /** {@return what there is, nothing of the texts} */
  @Override
  public String toString() {
    return "CloudInit[user-data " + userData + ", vendor-data " + vendorData + "]";
  }

  /** Collects what the seed shall hold. Not thread-safe. */
  public static final class Builder {
    private @Nullable UserData userData;
    private @Nullable String userDataText;
    private final List<ShellScript> scripts = new ArrayList<>();
    private @Nullable UserData vendorData;
    private @Nullable String vendorDataText;
    private @Nullable MetaData metaData;
    private @Nullable String metaDataText;
    private @Nullable NetworkConfig networkConfig;
    private @Nullable String networkConfigText;
    private @Nullable String loginUser;
    private @Nullable Instant timestamp;

    private Builder() {}

    /**
     * Sets the typed user-data.
     *
     * @param data the user-data
     * @return this
     */
    public Builder userData(UserData data) {
      userData = data;
      return this;
    }

    /**
     * Sets user-data that go unchanged, of any format that cloud-init knows.
     *
     * @param text the text, starting with its {@code #cloud-config}, {@code #!}, …
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder userDataText(String text) {
      userDataText = Checks.notBlank("take user-data as a text", text);
      return this;
    }

    /**
     * Adds a shell script that the guest runs once, as root, at the end of its first boot.
     *
     * @param name its file name, for the guest's logs; scripts run in the order of their names
     * @param text its text, starting with {@code #!}
     * @return this
     * @throws InvalidSpec when the name is no plain file name, is taken, or the text has no {@code
     *     #!}
     */
    public Builder shellScript(String name, String text) {
      if (scripts.stream().anyMatch(script -> script.name().equals(name))) {
        throw new InvalidSpec(
            "add the shell script " + name, "there is one already", "give each its own name");
      }
      scripts.add(new ShellScript(name, text));
      return this;
    }

    /**
     * Sets typed vendor-data: defaults beneath the user-data.
     *
     * @param data the vendor-data
     * @return this
     */
    public Builder vendorData(UserData data) {
      vendorData = data;
      return this;
    }

    /**
     * Sets vendor-data that go unchanged.
     *
     * @param text the text
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder vendorDataText(String text) {
      vendorDataText = Checks.notBlank("take vendor-data as a text", text);
      return this;
    }

    /**
     * Sets typed meta-data.
     *
     * @param data the meta-data
     * @return this
     */
    public Builder metaData(MetaData data) {
      metaData = data;
      return this;
    }

    /**
     * Sets meta-data that go unchanged: the machine adds neither its host name nor its keys to
     * them.
     *
     * @param text YAML with an {@code instance-id}
     * @return this
     * @throws InvalidSpec when it has none
     */
    public Builder metaDataText(String text) {
      MetaData.instanceIdOf(text);
      metaDataText = text;
      return this;
    }

    /**
     * Sets a typed network configuration.
     *
     * @param config the configuration
     * @return this
     */
    public Builder networkConfig(NetworkConfig config) {
      networkConfig = config;
      return this;
    }

    /**
     * Sets a network configuration that goes unchanged.
     *
     * @param text YAML of version 1 or 2
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder networkConfigText(String text) {
      networkConfigText = Checks.notBlank("take a network configuration as a text", text);
      return this;
    }

    /**
     * Names who logs in by the machine's keys: a user that the typed user-data declare, or one that
     * the image makes by default.
     *
     * @param name the user
     * @return this
     * @throws InvalidSpec when it is no account name
     */
    public Builder loginUser(String name) {
      loginUser = Checks.account(name);
      return this;
    }

    /**
     * Sets the time that the files of the image bear; it does not count as content.
     *
     * @param time a time of the years 1900 to 2155, 1980-01-01T00:00:00Z by default
     * @return this
     */
    public Builder timestamp(Instant time) {
      timestamp = time;
      return this;
    }

    /**
     * {@return the seed}
     *
     * @throws InvalidSpec when meta-data or the network configuration are given both typed and as a
     *     text, or the login user is not among those declared
     */
    public CloudInit build() {
      refuseBoth("metaData", metaData, metaDataText);
      refuseBoth("networkConfig", networkConfig, networkConfigText);
      return new CloudInit(this);
    }

    private static void refuseBoth(String name, @Nullable Object typed, @Nullable String text) {
      if (typed != null && text != null) {
        throw new InvalidSpec(
            "build a seed",
            name + " and " + name + "Text are both set, and cannot be joined",
            "keep one of them");
      }
    }
  }
}
