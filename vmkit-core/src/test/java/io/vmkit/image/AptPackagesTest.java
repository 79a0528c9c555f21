package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AptPackagesTest {
  @Test
  void onlyWantedDependenciesAreFollowed() {
    String graph =
        """
        tool
          PreDepends: helpers
          Depends: libone
         |Depends: libtwo
          Depends: <libvirtual>
        libone
          Depends: libthree:amd64
        libtwo
        libthree
          Depends: libone
        helpers
          Depends: libhelper
        libhelper
        """;
    assertThat(AptPackages.closure(List.of("tool"), name -> name.startsWith("lib"), graph))
        .containsExactlyInAnyOrder("tool", "libone", "libtwo", "libthree");
  }
}
