package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vmkit.cloudinit.iso.Tools;
import io.vmkit.spec.SeedContext;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What Python makes of our texts: cloud-init reads them by PyYAML and the email module. */
class PythonReadersIT {
  private static final String MEND = "apt-get install python3-yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LOAD_YAML =
      "import sys, json, yaml\n"
          + "json.dump(yaml.safe_load(sys.stdin.buffer.read()), sys.stdout)\n";

  /** As in cloud-init's user_data.py: convert_string, then walk. */
  private static final String LOAD_MIME =
      """
      import sys, json, email
      text = sys.stdin.buffer.read().decode("utf-8")
      parts = [p for p in email.message_from_string(text).walk() if not p.is_multipart()]
      json.dump([[p.get_content_type(), p.get_filename(),
                  p.get_payload(decode=True).decode("utf-8")] for p in parts], sys.stdout)
      """;

  @Property(tries = 8)
  void pyYamlReadsAnyTextAsItWas(@ForAll("manyTexts") List<String> texts) throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    texts.forEach(text -> tree.put(text, List.of(text, Map.of("key", text))));
    String read = python(LOAD_YAML, Yaml.render(tree));
    assertThat(JSON.readValue(read, Object.class)).isEqualTo(tree);
  }

  @Property(tries = 8)
  void emailReadsEachPartAsItWas(@ForAll("manyTexts") List<String> texts) throws IOException {
    CloudInit.Builder builder =
        CloudInit.builder().userDataText("#cloud-config\n# " + String.join("\n", texts));
    for (int i = 0; i < texts.size(); i++) {
      builder.shellScript(i + ".sh", "#!/bin/sh\n" + texts.get(i));
    }
    String read = python(LOAD_MIME, seed(builder).userData());
    List<?> parts = (List<?>) JSON.readValue(read, Object.class);
    assertThat(parts).hasSize(texts.size() + 2);
    assertThat(parts.get(0))
        .isEqualTo(
            List.of("text/cloud-config", "text", "#cloud-config\n# " + String.join("\n", texts)));
    for (int i = 0; i < texts.size(); i++) {
      assertThat(parts.get(i + 1))
          .isEqualTo(List.of("text/x-shellscript", i + ".sh", "#!/bin/sh\n" + texts.get(i)));
    }
    assertThat(parts.get(texts.size() + 1).toString())
        .startsWith("[text/cloud-config, vmkit.cfg, #cloud-config\nmerge_how: ");
  }

  @Property(tries = 1)
  void messageOfTheUserIsNested() throws IOException {
    String own =
        CloudInit.builder()
            .shellScript("a.sh", "#!/bin/sh\n")
            .build()
            .seedFor(context())
            .userData();
    CloudInit.Builder builder = CloudInit.builder().userDataText(own).shellScript("b.sh", "#!b\n");
    String read = python(LOAD_MIME, seed(builder).userData());
    List<?> parts = (List<?>) JSON.readValue(read, Object.class);
    assertThat(parts.stream().map(part -> String.valueOf(((List<?>) part).get(1))))
        .containsExactly("a.sh", "vmkit.cfg", "b.sh", "vmkit.cfg");
  }

  private static NoCloudSeed seed(CloudInit.Builder builder) {
    return builder.build().seedFor(context());
  }

  private static SeedContext context() {
    return new SeedContext(VmName.of("web"), "web", List.of(), Optional.empty());
  }

  private static String python(String program, String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return new String(
        Tools.run(MEND, List.of("python3", "-c", program), bytes), StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<List<String>> manyTexts() {
    return SampleTexts.any().list().uniqueElements().ofMinSize(1).ofMaxSize(30);
  }
}
