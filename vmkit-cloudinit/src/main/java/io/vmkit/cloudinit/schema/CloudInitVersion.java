package io.vmkit.cloudinit.schema;

import io.vmkit.error.InvalidSpec;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream release of cloud-init, as {@code cloud-init --version} names it. What a distribution
 * appends ({@code 25.1.4-0ubuntu0~24.04.1}) does not take part in comparisons.
 *
 * @param year first number of the release
 * @param minor second number of the release
 * @param patch third number of the release, 0 when it has none
 */
public record CloudInitVersion(int year, int minor, int patch)
    implements Comparable<CloudInitVersion> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:[-+~].*)?");
  private static final Comparator<CloudInitVersion> ORDER =
      Comparator.comparingInt(CloudInitVersion::year)
          .thenComparingInt(CloudInitVersion::minor)
          .thenComparingInt(CloudInitVersion::patch);

  /**
   * {@return the release that the text names}
   *
   * @param text such as {@code 22.4.2}, {@code 23.1} or {@code 25.1.4-0ubuntu1}
   * @throws InvalidSpec when it is not of that form
   */
  public static CloudInitVersion of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidSpec(
          "name a cloud-init version", "'" + text + "' is malformed", "write it like 22.4.2");
    }
    String patch = matcher.group(3);
    return new CloudInitVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        patch == null ? 0 : Integer.parseInt(patch));
  }

  boolean isBefore(CloudInitVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(CloudInitVersion other) {
    return ORDER.compare(this, other);
  }

  /** {@return the version as upstream writes it: no third number when that is 0} */
  @Override
  public String toString() {
    return year + "." + minor + (patch == 0 ? "" : "." + patch);
  }
}
