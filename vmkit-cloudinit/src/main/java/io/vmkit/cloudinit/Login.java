package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who logs in by the machine's keys, and how these get there.
 *
 * @param name the user; empty when a user's own text leaves it to the image
 * @param way how the keys get there
 */
record Login(Optional<String> name, Way way) {
  /** The user that a seed makes when it declares none. */
  static final String OWN_USER = "vmkit";

  /** How the keys reach the user. */
  enum Way {
    /** The user is declared by a typed part, which takes the keys. */
    DECLARED,
    /** The seed makes a user of its own. */
    OWN,
    /** The keys are in the meta-data, whence the image's default user gets them. */
    META_DATA
  }

  static Login of(Optional<String> wanted, Document userData) {
    List<User> declared = userData.typed().map(UserData::users).orElse(List.of());
    if (wanted.isPresent()) {
      boolean known = declared.stream().anyMatch(user -> wanted.get().equals(user.name()));
      refuseUnknown(wanted.get(), known, declared, userData);
      return new Login(wanted, known ? Way.DECLARED : Way.META_DATA);
    }
    if (!declared.isEmpty()) {
      return new Login(Optional.of(declared.get(0).name()), Way.DECLARED);
    }
    Optional<List<?>> inText = userData.usersInText();
    if (userData.isTextAlone() && inText.isPresent()) {
      return new Login(firstName(inText.get()), Way.META_DATA);
    }
    return new Login(Optional.of(OWN_USER), Way.OWN);
  }

  private static void refuseUnknown(
      String wanted, boolean known, List<User> declared, Document userData) {
    boolean defaultKept = userData.typed().map(UserData::keepsDefaultUser).orElse(true);
    if (!known && !declared.isEmpty() && !defaultKept && userData.text().isEmpty()) {
      throw new InvalidSpec(
          "log in as " + wanted,
          "the seed declares only " + declared,
          "declare the user, or keepDefaultUser() when the image makes it");
    }
  }

  private static Optional<String> firstName(List<?> users) {
    return users.stream()
        .filter(Map.class::isInstance)
        .map(user -> ((Map<?, ?>) user).get("name"))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .findFirst();
  }
}
