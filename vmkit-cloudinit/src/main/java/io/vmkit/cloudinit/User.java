package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user whom the guest shall have (cloud-config {@code users}). One that exists already, such as
 * root, gets the keys and the password.
 */
public final class User {
  private final String name;
  private final Map<String, Object> tree;
  private final List<String> authorizedKeys;
  private final @Nullable PasswordHash password;

  private User(Builder builder) {
    name = builder.name;
    tree = builder.tree.frozen();
    authorizedKeys = List.copyOf(builder.authorizedKeys);
    password = builder.password;
  }

  /**
   * Starts the description of a user.
   *
   * @param name the account's name, up to 32 characters
   * @return a builder
   * @throws InvalidSpec when useradd would not take the name
   */
  public static Builder named(String name) {
    return new Builder(Checks.account(name));
  }

  /** {@return the account's name} */
  public String name() {
    return name;
  }

  /** {@return the public keys that may log in} */
  public List<String> authorizedKeys() {
    return authorizedKeys;
  }

  /** {@return a builder that starts from this user} */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    tree.forEach(builder.tree::put);
    builder.authorizedKeys.addAll(authorizedKeys);
    builder.password = password;
    return builder;
  }

  Map<String, Object> yaml() {
    Tree yaml = new Tree().put("name", name);
    if (password != null) {
      yaml.put("lock_passwd", false);
    }
    tree.forEach(yaml::put);
    if (password != null) {
      yaml.put("hashed_passwd", password.value());
    }
    return yaml.putPresent("ssh_authorized_keys", authorizedKeys).frozen();
  }

  /** {@return whether all of it is the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof User user
        && name.equals(user.name)
        && tree.equals(user.tree)
        && authorizedKeys.equals(user.authorizedKeys)
        && Objects.equals(password, user.password);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, tree, authorizedKeys);
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return "User[" + name + "]";
  }

  /** Collects what the user shall be. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Tree tree = new Tree();
    private final Set<String> authorizedKeys = new LinkedHashSet<>();
    private @Nullable PasswordHash password;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets the full name (GECOS).
     *
     * @param fullName a text without ':' and line breaks
     * @return this
     * @throws InvalidSpec when it has one
     */
    public Builder fullName(String fullName) {
      if (fullName.matches("(?s).*[:\\r\\n].*")) {
        throw new InvalidSpec(
            "set the full name of " + name, "it has a ':' or line break", "leave these out");
      }
      tree.put("gecos", fullName);
      return this;
    }

    /**
     * Sets the login shell, by default the guest's own choice ({@code /bin/sh} on Debian).
     *
     * @param path an absolute path in the guest
     * @return this
     * @throws InvalidSpec when it is not absolute
     */
    public Builder shell(String path) {
      tree.put("shell", Checks.absolutePath("set the shell of " + name, path));
      return this;
    }

    /**
     * Sets the home directory, {@code /home/NAME} by default.
     *
     * @param path an absolute path in the guest
     * @return this
     * @throws InvalidSpec when it is not absolute
     */
    public Builder home(String path) {
      tree.put("homedir", Checks.absolutePath("set the home of " + name, path));
      return this;
    }

    /**
     * Sets the numeric id, by default the guest's own choice.
     *
     * @param uid the id, not negative
     * @return this
     * @throws InvalidSpec when it is negative
     */
    public Builder uid(int uid) {
      if (uid < 0) {
        throw new InvalidSpec("set the uid of " + name, uid + " is negative", "use 1000 or more");
      }
      tree.put("uid", uid);
      return this;
    }

    /**
     * Sets the supplementary groups; those that the guest lacks are made.
     *
     * @param groups their names
     * @return this
     * @throws InvalidSpec when groupadd would not take a name
     */
    public Builder groups(String... groups) {
      tree.put("groups", List.of(groups).stream().map(Checks::account).toList());
      return this;
    }

    /**
     * Sets the primary group, one of the user's own name by default.
     *
     * @param group its name
     * @return this
     * @throws InvalidSpec when groupadd would not take the name
     */
    public Builder primaryGroup(String group) {
      tree.put("primary_group", Checks.account(group));
      return this;
    }

    /**
     * Sets what sudo allows.
     *
     * @param rules what follows the name in sudoers(5), as in {@code ALL=(ALL) /usr/bin/apt}
     * @return this
     */
    public Builder sudo(String... rules) {
      // The schema of 22.4 knows only a text, though that release reads lists too.
      tree.put("sudo", rules.length == 1 ? rules[0] : List.of(rules));
      return this;
    }

    /**
     * Lets the user do everything by sudo without a password.
     *
     * @return this
     */
    public Builder sudoWithoutPassword() {
      return sudo("ALL=(ALL) NOPASSWD:ALL");
    }

    /**
     * Sets the password and unlocks it. SSH takes it only when {@link
     * UserData.Builder#sshPasswordLogin} says so.
     *
     * @param hash the password, hashed
     * @return this
     */
    public Builder password(PasswordHash hash) {
      password = hash;
      return this;
    }

    /**
     * Says whether the password is locked: by default it is when none is set.
     *
     * @param locked whether no password lets the user in
     * @return this
     */
    public Builder lockPassword(boolean locked) {
      tree.put("lock_passwd", locked);
      return this;
    }

    /**
     * Adds a public key that may log in; a key that is there already is not added again.
     *
     * @param line one line of {@code authorized_keys}
     * @return this
     * @throws InvalidSpec when it is no such line
     */
    public Builder authorizedKey(String line) {
      authorizedKeys.add(Checks.publicKey(line));
      return this;
    }

    Builder authorizedKeys(List<String> lines) {
      lines.forEach(this::authorizedKey);
      return this;
    }

    /** {@return the user} */
    public User build() {
      return new User(this);
    }
  }
}
