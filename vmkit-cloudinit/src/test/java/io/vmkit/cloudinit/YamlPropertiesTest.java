package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlPropertiesTest {
  @Property(tries = 2000)
  void anyTextComesBackAsItWas(@ForAll("texts") String key, @ForAll("texts") String value) {
    Map<String, Object> tree = Map.of(key, List.of(value, Map.of(key, value)));
    String yaml = Yaml.render(tree);
    assertThat(Yaml.mapping(yaml)).contains(tree);
    Object read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    assertThat(read).isEqualTo(tree);
  }

  @Provide
  Arbitrary<String> texts() {
    return SampleTexts.any();
  }
}
