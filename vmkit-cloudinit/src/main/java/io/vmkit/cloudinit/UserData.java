package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a guest shall become, as a cloud-config document. Immutable; passwords, host keys and the
 * contents of files never show in {@link #toString()}.
 *
 * <pre>{@code
 * UserData web = UserData.builder()
 *     .user(User.named("ada").sudoWithoutPassword().authorizedKey(line).build())
 *     .packages("nginx")
 *     .writeFile(WriteFile.text("/etc/motd", "hello\n").permissions(0644).build())
 *     .run("systemctl", "enable", "--now", "nginx")
 *     .build();
 * }</pre>
 */
public final class UserData {
  /**
   * How cloud-init joins this document to those before it: lists grow, and what they say stays.
   * Without it users, keys and commands would be replaced ("Merging user data sections").
   */
  private static final String MERGE_HOW = "list(append)+dict(no_replace,recurse_list)+str()";

  private final Map<String, Object> modules;
  private final boolean defaultUser;
  private final List<User> users;
  private final Map<String, SshKeyPair> hostKeys;

  private UserData(Builder builder) {
    modules = builder.modules.frozen();
    defaultUser = builder.defaultUser;
    users = List.copyOf(builder.users.values());
    hostKeys = Map.copyOf(builder.hostKeys);
  }

  /** {@return a builder of a document that says nothing yet} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts from this document} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    modules.forEach(builder.modules::put);
    builder.defaultUser = defaultUser;
    users.forEach(user -> builder.users.put(user.name(), user));
    builder.hostKeys.putAll(hostKeys);
    return builder;
  }

  /** {@return the users it declares, in their order; the image's default user is not among them} */
  public List<User> users() {
    return users;
  }

  /** The host name it sets, if any. */
  Optional<String> hostname() {
    return modules.get("hostname") instanceof String name ? Optional.of(name) : Optional.empty();
  }

  boolean keepsDefaultUser() {
    return defaultUser;
  }

  /** {@return the document, starting with {@code #cloud-config}; it holds secrets} */
  public String toYaml() {
    return render(false);
  }

  /** The document; as one of several parts it says how to be joined to those before it. */
  String render(boolean oneOfSeveral) {
    Tree tree = new Tree();
    if (oneOfSeveral) {
      tree.put("merge_how", MERGE_HOW);
    }
    modules.forEach(tree::put);
    if (defaultUser) {
      tree.append("users", "default");
    }
    users.forEach(user -> tree.append("users", user.yaml()));
    if (!hostKeys.isEmpty()) {
      // The guest's own keys would be offered beside, and one of them might be preferred.
      tree.put("ssh_deletekeys", true).put("ssh_keys", HostKeys.yaml(hostKeys));
    }
    return "#cloud-config\n" + Yaml.render(tree.frozen());
  }

  /** {@return whether both say the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof UserData data
        && modules.equals(data.modules)
        && defaultUser == data.defaultUser
        && users.equals(data.users)
        && hostKeys.equals(data.hostKeys);
  }

  @Override
  public int hashCode() {
    return Objects.hash(modules, defaultUser, users);
  }

  /** {@return the names of the modules and users, nothing of what they hold} */
  @Override
  public String toString() {
    return "UserData[" + modules.keySet() + ", users " + users + "]";
  }

  /** Collects what the document shall say. What may be said many times is appended. */
  public static final class Builder {
    private final Tree modules = new Tree();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, SshKeyPair> hostKeys = new LinkedHashMap<>();
    private boolean defaultUser;

    private Builder() {}

    /**
     * Sets the host name, by default the one that the machine's specification has.
     *
     * @param name a host name (RFC 1123), with or without a domain
     * @return this
     * @throws InvalidSpec when it is none
     */
    public Builder hostname(String name) {
      modules.put("hostname", Checks.hostname(name));
      return this;
    }

    /**
     * Sets the fully qualified host name.
     *
     * @param name a host name with its domain
     * @return this
     * @throws InvalidSpec when it is none
     */
    public Builder fqdn(String name) {
      modules.put("fqdn", Checks.hostname(name));
      return this;
    }

    /**
     * Says whether cloud-init keeps the host name in the guest's {@code /etc/hosts}.
     *
     * @param manage whether it does
     * @return this
     */
    public Builder manageEtcHosts(boolean manage) {
      modules.put("manage_etc_hosts", manage);
      return this;
    }

    /**
     * Adds a user. As soon as one is declared, the image's default user is made only if {@link
     * #keepDefaultUser} says so.
     *
     * @param user the user
     * @return this
     * @throws InvalidSpec when one of that name is there already
     */
    public Builder user(User user) {
      if (users.putIfAbsent(user.name(), user) != null) {
        throw new InvalidSpec(
            "add the user " + user.name(), "there is one already", "declare each user once");
      }
      return this;
    }

    /** Replaces the user of the same name, at the same place, or adds it. */
    Builder replaceUser(User user) {
      users.put(user.name(), user);
      return this;
    }

    /**
     * Keeps the image's default user ({@code debian}, {@code ubuntu}, …) beside those declared.
     *
     * @return this
     */
    public Builder keepDefaultUser() {
      defaultUser = true;
      return this;
    }

    /**
     * Adds a group.
     *
     * @param name its name
     * @param members names of users in it
     * @return this
     * @throws InvalidSpec when a name is no account name
     */
    public Builder group(String name, String... members) {
      List<String> names = List.of(members).stream().map(Checks::account).toList();
      String group = Checks.account(name);
      modules.append("groups", names.isEmpty() ? group : Map.of(group, names));
      return this;
    }

    /**
     * Says whether SSH takes passwords beside keys; by default the image decides.
     *
     * @param allowed whether it does
     * @return this
     */
    public Builder sshPasswordLogin(boolean allowed) {
      modules.put("ssh_pwauth", allowed);
      return this;
    }

    /**
     * Adds a public key that may log in as the image's default user.
     *
     * @param line one line of {@code authorized_keys}
     * @return this
     * @throws InvalidSpec when it is no such line
     */
    public Builder authorizedKey(String line) {
      modules.append("ssh_authorized_keys", Checks.publicKey(line));
      return this;
    }

    /**
     * Says whether root is kept from logging in by SSH, true by default.
     *
     * @param disabled whether it is
     * @return this
     */
    public Builder disableRoot(boolean disabled) {
      modules.put("disable_root", disabled);
      return this;
    }

    /**
     * Gives the SSH server a key of its own; those that it would make itself are deleted. One key
     * of each type may be given.
     *
     * @param key the key; its private half never shows outside the seed
     * @return this
     * @throws InvalidSpec when its type is unknown, or another key of the type is there
     */
    public Builder hostKey(SshKeyPair key) {
      HostKeys.add(hostKeys, key);
      return this;
    }

    /**
     * Adds packages that shall be installed.
     *
     * @param names their names; {@code name=version} where the package system has it
     * @return this
     * @throws InvalidSpec when a name is blank
     */
    public Builder packages(String... names) {
      for (String name : names) {
        modules.append("packages", Checks.notBlank("install a package", name));
      }
      return this;
    }

    /**
     * Says whether the package lists are fetched anew at the first boot.
     *
     * @param update whether they are
     * @return this
     */
    public Builder updatePackages(boolean update) {
      modules.put("package_update", update);
      return this;
    }

    /**
     * Says whether all packages are upgraded at the first boot.
     *
     * @param upgrade whether they are
     * @return this
     */
    public Builder upgradePackages(boolean upgrade) {
      modules.put("package_upgrade", upgrade);
      return this;
    }

    /**
     * Adds a package source of apt.
     *
     * @param source the source
     * @return this
     */
    public Builder aptSource(AptSource source) {
      Map<String, Object> sources = new LinkedHashMap<>(modules.section("apt", "sources"));
      sources.put(source.name() + ".list", source.yaml());
      modules.putInto("apt", "sources", sources);
      return this;
    }

    /**
     * Sets the mirror that apt uses for all architectures.
     *
     * @param uri where it is
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder aptMirror(String uri) {
      Checks.notBlank("set the apt mirror", uri);
      Map<String, Object> mirror = new LinkedHashMap<>();
      mirror.put("arches", List.of("default"));
      mirror.put("uri", uri);
      modules.putInto("apt", "primary", List.of(mirror));
      return this;
    }

    /**
     * Sets the proxy through which apt fetches.
     *
     * @param uri where it is
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder aptProxy(String uri) {
      modules.putInto("apt", "proxy", Checks.notBlank("set the apt proxy", uri));
      return this;
    }

    /**
     * Adds a repository of dnf or yum.
     *
     * @param repo the repository
     * @return this
     */
    public Builder yumRepo(YumRepo repo) {
      modules.putInto("yum_repos", repo.id(), repo.yaml());
      return this;
    }

    /**
     * Adds a file that the guest shall have.
     *
     * @param file the file
     * @return this
     */
    public Builder writeFile(WriteFile file) {
      modules.append("write_files", file.yaml());
      return this;
    }

    /**
     * Adds a command that runs once, late in the first boot, as root and without a shell.
     *
     * @param argv the program and its arguments
     * @return this
     * @throws InvalidSpec when there is no program
     */
    public Builder run(String... argv) {
      modules.append("runcmd", command(argv));
      return this;
    }

    /**
     * Adds a line of shell that runs once, late in the first boot, as root.
     *
     * @param line what {@code /bin/sh} runs
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder runShell(String line) {
      modules.append("runcmd", Checks.notBlank("run a line of shell", line));
      return this;
    }

    /**
     * Adds a command that runs early in each boot, as root and without a shell.
     *
     * @param argv the program and its arguments
     * @return this
     * @throws InvalidSpec when there is no program
     */
    public Builder bootRun(String... argv) {
      modules.append("bootcmd", command(argv));
      return this;
    }

    /**
     * Adds a line of shell that runs early in each boot, as root.
     *
     * @param line what {@code /bin/sh} runs
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder bootShell(String line) {
      modules.append("bootcmd", Checks.notBlank("run a line of shell", line));
      return this;
    }

    private static List<String> command(String... argv) {
      if (argv.length == 0 || argv[0].isBlank()) {
        throw new InvalidSpec("run a command", "it has no program", "name the program first");
      }
      return List.of(argv);
    }

    /**
     * Adds a file system that the guest shall mount.
     *
     * @param mount the line of fstab(5)
     * @return this
     */
    public Builder mount(Mount mount) {
      modules.append("mounts", mount.yaml());
      return this;
    }

    /**
     * Gives the guest a swap file.
     *
     * @param path an absolute path in the guest
     * @param size how large
     * @return this
     * @throws InvalidSpec when the path is not absolute
     */
    public Builder swap(String path, MemorySize size) {
      modules.putInto("swap", "filename", Checks.absolutePath("make a swap file", path));
      modules.putInto("swap", "size", size.bytes());
      return this;
    }

    /**
     * Lets partitions grow to the size of their disks, by default {@code /} alone.
     *
     * @param devices mount points or devices; none at all leaves everything as it is
     * @return this
     */
    public Builder growPartitions(String... devices) {
      modules.putInto("growpart", "mode", devices.length == 0 ? "off" : "auto");
      if (devices.length > 0) {
        modules.putInto("growpart", "devices", List.of(devices));
      }
      return this;
    }

    /**
     * Sets the time servers.
     *
     * @param servers names or addresses
     * @return this
     * @throws InvalidSpec when one is blank
     */
    public Builder ntpServers(String... servers) {
      for (String server : servers) {
        Checks.notBlank("set the time servers", server);
      }
      modules.putInto("ntp", "enabled", true);
      modules.putInto("ntp", "servers", List.of(servers));
      return this;
    }

    /**
     * Sets the time zone.
     *
     * @param zone a zone of the tz database
     * @return this
     */
    public Builder timezone(ZoneId zone) {
      modules.put("timezone", zone.getId());
      return this;
    }

    /**
     * Sets the locale.
     *
     * @param locale as in {@code en_GB.UTF-8}
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder locale(String locale) {
      modules.put("locale", Checks.notBlank("set the locale", locale));
      return this;
    }

    /**
     * Adds certificates of authorities that the guest shall trust.
     *
     * @param pem certificates in PEM form
     * @return this
     * @throws InvalidSpec when one is no certificate in PEM form
     */
    public Builder trustedCertificates(String... pem) {
      List<String> all = new ArrayList<>(modules.list("ca_certs", "trusted"));
      for (String certificate : pem) {
        if (!certificate.strip().startsWith("-----BEGIN CERTIFICATE-----")) {
          throw new InvalidSpec(
              "trust a certificate",
              "it does not start with -----BEGIN CERTIFICATE-----",
              "give it in PEM form");
        }
        all.add(certificate);
      }
      modules.putInto("ca_certs", "trusted", all);
      return this;
    }

    /**
     * Sets what the guest does when cloud-init is done.
     *
     * @param state what it does
     * @return this
     */
    public Builder powerState(PowerState state) {
      modules.put("power_state", state.yaml());
      return this;
    }

    /**
     * Sets what the console says when cloud-init is done.
     *
     * @param message a text; {@code $UPTIME} and the like are filled in by cloud-init
     * @return this
     */
    public Builder finalMessage(String message) {
      modules.put("final_message", message);
      return this;
    }

    /**
     * Sets a key that has no method here.
     *
     * @param key a top-level key of cloud-config
     * @param value maps, lists, strings, numbers and booleans
     * @return this
     * @throws InvalidSpec when the value holds something else, or the key has its own method
     *     because vmkit must know what it says
     */
    public Builder module(String key, Object value) {
      if (List.of("users", "ssh_keys", "ssh_deletekeys", "merge_how").contains(key)) {
        throw new InvalidSpec(
            "set the module " + key, "it is kept apart", "use user(…) or hostKey(…)");
      }
      modules.put(key, Tree.sorted(value));
      return this;
    }

    /** {@return the document} */
    public UserData build() {
      return new UserData(this);
    }
  }
}
