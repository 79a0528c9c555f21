package io.vmkit.cloudinit;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A package repository of dnf or yum (cloud-config {@code yum_repos}).
 *
 * @param id its id
 * @param baseUrl where it is; {@code $releasever} and {@code $basearch} may be in it
 * @param gpgKey where its key is; without one nothing is checked
 */
public record YumRepo(String id, String baseUrl, Optional<URI> gpgKey) {
  /**
   * Validates the repository.
   *
   * @param id its id
   * @param baseUrl where it is
   * @param gpgKey where its key is
   * @throws io.vmkit.error.InvalidSpec when a field is blank
   */
  public YumRepo {
    Checks.notBlank("add a dnf repository", id);
    Checks.notBlank("add the dnf repository " + id, baseUrl);
  }

  Map<String, Object> yaml() {
    return new Tree()
        .put("name", id)
        .put("baseurl", baseUrl)
        .put("enabled", true)
        .put("gpgcheck", gpgKey.isPresent())
        .putPresent("gpgkey", gpgKey.map(URI::toString).orElse(""))
        .frozen();
  }
}
