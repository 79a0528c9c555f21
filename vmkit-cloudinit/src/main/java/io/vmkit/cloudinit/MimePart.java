package io.vmkit.cloudinit;

import io.vmkit.value.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A part of multi-part user-data (RFC 2046 section 5.1, "MIME multi-part archive" of cloud-init).
 *
 * @param header its header lines, each ending with a line feed
 * @param body its encoded body
 */
record MimePart(String header, String body) {
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII));

  /** A text of the user's own; cloud-init itself finds out what a text/plain part is. */
  static MimePart ofText(String text) {
    String start = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    if (start.startsWith("content-type:") || start.startsWith("mime-version:")) {
      // A message itself: its own header makes it a nested multi-part.
      return new MimePart("", text);
    }
    return encoded(text.startsWith("#cloud-config") ? "cloud-config" : "plain", "text", text);
  }

  static MimePart ofScript(ShellScript script) {
    return encoded("x-shellscript", script.name(), script.text());
  }

  static MimePart ofCloudConfig(String text) {
    return encoded("cloud-config", "vmkit.cfg", text);
  }

  /** Base64 keeps every byte; plain text is left readable where it cannot be changed on the way. */
  private static MimePart encoded(String subtype, String name, String text) {
    boolean plain = text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\t');
    String header =
        """
        Content-Type: text/%s; charset="utf-8"
        MIME-Version: 1.0
        Content-Transfer-Encoding: %s
        Content-Disposition: attachment; filename="%s"

        """
            .formatted(subtype, plain ? "7bit" : "base64", name);
    return new MimePart(
        header, plain ? text : BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The whole message. Its boundary follows from its content, so that it is always the same. */
  static String join(List<MimePart> parts) {
    StringBuilder content = new StringBuilder();
    parts.forEach(part -> content.append(part.header).append(part.body).append('\n'));
    byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
    String boundary = "==vmkit-" + Digest.sha256(bytes).shortHex() + "==";
    StringBuilder message = new StringBuilder();
    message.append("Content-Type: multipart/mixed; boundary=\"").append(boundary).append("\"\n");
    message.append("MIME-Version: 1.0\n\n");
    for (MimePart part : parts) {
      message.append("--").append(boundary).append('\n');
      message.append(part.header).append(part.body).append('\n');
    }
    return message.append("--").append(boundary).append("--\n").toString();
  }

  /** Nothing of the content, which holds secrets. */
  @Override
  public String toString() {
    return "MimePart[" + body.length() + " characters]";
  }
}
