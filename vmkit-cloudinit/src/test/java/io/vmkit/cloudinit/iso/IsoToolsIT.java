package io.vmkit.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ordinary readers say about our images: genisoimage's, libburnia's, util-linux'. */
class IsoToolsIT {
  private static final String ISOINFO = "apt-get install genisoimage";
  private static final String XORRISO = "apt-get install xorriso";
  private static final String BLKID = "apt-get install util-linux";
  private static final String LONG = "a-rather-long-name." + "x".repeat(79) + ".conf";

  @TempDir Path directory;
  private Path iso;

  @BeforeEach
  void writeImage() {
    iso = directory.resolve("seed.iso");
    IsoImage image =
        IsoImage.labelled("cidata")
            .file("user-data", 0600, IsoContent.of("#cloud-config\n"))
            .file("meta-data", IsoContent.of("instance-id: i\n"))
            .file("empty", IsoContent.of(""))
            .file("openstack/latest/meta_data.json", IsoContent.of("{}"))
            .file("openstack/latest/Grüße ☃.txt", 0755, IsoContent.of("snow"))
            .file("openstack/" + LONG, IsoContent.of("long"))
            .symlink("link", "../openstack//latest/./meta_data.json")
            .directory("void", 0700)
            .build();
    Iso9660Writer.write(image, iso);
  }

  @Test
  void isoinfoListsThePlainNames() {
    assertThat(isoinfo("-f"))
        .containsExactlyInAnyOrder(
            "/EMPTY.;1",
            "/LINK.;1",
            "/META_DATA.;1",
            "/OPENSTACK",
            "/USER_DATA.;1",
            "/VOID",
            "/OPENSTACK/A_RATHER_LONG_NAME_XXXXXXX.CONF;1",
            "/OPENSTACK/LATEST",
            "/OPENSTACK/LATEST/GR__E__.TXT;1",
            "/OPENSTACK/LATEST/META_DATA.JSON;1");
    assertThat(text("-l")).contains("USER_DATA.;1", "META_DATA.JSON;1");
  }

  @Test
  void isoinfoListsTheJolietNames() {
    assertThat(isoinfo("-J", "-f"))
        .contains("/user-data", "/openstack/latest", "/openstack/" + LONG, "/void");
    assertThat(text("-J", "-l")).contains("user-data", "meta_data.json");
  }

  @Test
  void isoinfoListsRockRidgeNamesModesAndLinks() {
    assertThat(isoinfo("-R", "-f"))
        .contains("/user-data", "/openstack/latest/Grüße ☃.txt", "/openstack/" + LONG, "/void");
    assertThat(text("-R", "-l"))
        .containsPattern("-rw------- +1 +0 +0 +14 Jan +1 1980 .* user-data")
        .containsPattern("-r--r--r-- .* meta-data")
        .containsPattern("-rwxr-xr-x .* Grüße ☃.txt")
        .containsPattern("drwx------ +2 .* void")
        .containsPattern("dr-xr-xr-x +3 .* openstack")
        .contains("link -> ../openstack/latest/./meta_data.json");
  }

  @Test
  void isoinfoExtractsTheContent() {
    assertThat(text("-R", "-x", "/user-data")).isEqualTo("#cloud-config\n");
    assertThat(text("-J", "-x", "/openstack/" + LONG)).isEqualTo("long");
    assertThat(text("-x", "/OPENSTACK/LATEST/META_DATA.JSON;1")).isEqualTo("{}");
    assertThat(text("-d")).contains("Joliet with UCS level 3 found", "Rock Ridge signatures");
  }

  @Test
  void xorrisoFindsLabelNamesAndContentWithoutComplaint() {
    String seen =
        Tools.text(
            XORRISO, "xorriso", "-indev", iso.toString(), "-toc", "-find", "/", "-exec", "lsdl");
    assertThat(seen)
        .contains("Volume id    : 'cidata'", "ISO offers   : Rock_Ridge Joliet")
        .contains("'/openstack/" + LONG + "'")
        .containsPattern("-rw------- .* '/user-data'")
        .doesNotContain("WARNING", "FAILURE", "SORRY");
    Path out = directory.resolve("out");
    Tools.text(
        XORRISO,
        "xorriso",
        "-osirrox",
        "on",
        "-indev",
        iso.toString(),
        "-extract",
        "/",
        out.toString());
    assertThat(out.resolve("openstack/" + LONG)).hasContent("long");
    assertThat(out.resolve("link")).isSymbolicLink();
  }

  @Test
  void blkidTellsLabelAndType() {
    assertThat(Tools.text(BLKID, "blkid", "-p", "-o", "export", iso.toString()))
        .contains("TYPE=iso9660", "\nLABEL=cidata\n", "UUID=1980-01-01-00-00-00-00");
  }

  private String text(String... options) {
    List<String> argv = new java.util.ArrayList<>(List.of("isoinfo", "-i", iso.toString()));
    argv.addAll(List.of(options));
    return Tools.text(ISOINFO, argv.toArray(String[]::new));
  }

  private List<String> isoinfo(String... options) {
    return text(options).lines().map(String::stripTrailing).toList();
  }
}
