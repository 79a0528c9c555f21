package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConfigSchemaTest {
  private static final CloudConfigSchema BOOKWORM =
      CloudConfigSchema.forVersion(CloudInitVersion.of("22.4.2"));
  private static final CloudConfigSchema LATEST = CloudConfigSchema.latest();

  private static ValidationResult check(String body) {
    return BOOKWORM.validate("#cloud-config\n" + body + "\n");
  }

  @Test
  void aUsualDocumentHasNothingToReport() {
    ValidationResult result =
        check(
            """
            hostname: web
            users:
              - default
              - name: anna
                sudo: ALL=(ALL) NOPASSWD:ALL
                ssh_authorized_keys: [ssh-ed25519 AAAA]
            packages: [nginx]
            write_files:
              - {path: /etc/motd, content: hello, permissions: '0644'}
            runcmd: [[systemctl, restart, nginx]]
            """);
    assertThat(result.errors()).isEmpty();
    assertThat(result.warnings()).isEmpty();
    assertThat(result.orThrow()).isSameAs(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "hostname: 7; hostname; found an integer, write text (in quotes",
        "hostname: on; hostname; found a boolean, write text (in quotes",
        "preserve_hostname: 'no'; preserve_hostname; write true or false (without quotes)",
        "users: [{name: a, sudo: 1}]; users[0].sudo; write text or null",
        "users: [{gecos: a}]; users[0]; lacks one of the keys name, snapuser",
        "users: [{name: a, snapuser: b}]; users[0]; has more than one of the keys",
        "users: [{name: a, shel: b}]; users[0].shel; did you mean shell?",
        "users: [{name: a, expiredate: 2032-09-01}]; users[0].expiredate; found a date",
        "users: [{name: a, expiredate: soon}]; users[0].expiredate; a date like 2030-12-31",
        "write_files: [{content: a}]; write_files[0]; lacks the key path",
        "write_files: [{path: /a, permissions: 0644}]; write_files[0].permissions; in quotes",
        "write_files: [{path: /a, encoding: base46}]; write_files[0].encoding; did you mean base64?",
        "write_files: {path: /a}; write_files; (each item on a line of its own",
        "runcmd: []; runcmd; has 0 items, write at least 1",
        "mounts: [[a, b, c, d, e, f, g]]; mounts[0]; has 7 items, write from 1 to 6",
        "ntp: {servers: [a, a]}; ntp.servers[1]; stands in the list already",
        "swap: {size: big}; swap.size; a size such as 512M or 2G",
        "power_state: {mode: poweroff, delay: -1}; power_state.delay; out of range",
        "apt: {sources: {my.list: {src: x}}}; apt.sources[\"my.list\"].src; unknown key",
        "apt: {}; apt; is empty",
        "device_aliases: {on: x}; device_aliases; a key is read as a boolean",
        "chpasswd: {users: [{name: a, type: RANDM}]}; chpasswd.users[0].type; did you mean RANDOM?",
        "reporting: {a: {type: file}}; reporting.a.type; one of log, print, webhook, hyperv",
        "reporting: {a: {type: webhook}}; reporting.a; lacks the key endpoint",
        "reporting: {a: {}}; reporting.a; lacks the key type",
      })
  void aFaultIsNamedByItsPathAndSaysWhatToWrite(String body, String path, String message) {
    assertThat(check(body).errors())
        .anySatisfy(
            error -> {
              assertThat(error.path()).isEqualTo(path);
              assertThat(error.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hostnmae: a; hostnmae; did you mean hostname?",
        "landscape: {client: {urll: a}}; landscape.client.urll; did you mean url?",
        "apt_update: true; apt_update; write package_update",
        "ca-certs: {remove-defaults: true}; ca-certs; write ca_certs",
        "{hostname: a, hostname: b}; hostname; a second time",
        "phone_home: {url: nowhere}; phone_home.url; a URI like",
        "users: [{name: a, uid: '5'}]; users[0].uid; write the number without quotes",
      })
  void whatCloudInitTakesButShouldNotBeWrittenIsAWarning(String body, String path, String message) {
    ValidationResult result = check(body);
    assertThat(result.errors()).isEmpty();
    assertThat(result.warnings())
        .anySatisfy(
            warning -> {
              assertThat(warning.path()).isEqualTo(path);
              assertThat(warning.message()).contains(message);
            });
  }

  @Test
  void placesAreCountedFromOneInTheWholeText() {
    assertThat(check("hostname: web\nusers:\n  - name: a\n    shell: 5").errors())
        .containsExactly(
            new Finding(
                "users[0].shell",
                5,
                12,
                "found an integer, write text (in quotes: unquoted yes, no, on, off, numbers and"
                    + " dates are no text in YAML)"));
  }

  @Test
  void allErrorsAreThrownTogetherWithTheirPaths() {
    assertThatThrownBy(() -> check("hostname: 7\nruncmd: ls").orThrow())
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContainingAll("2 errors", "hostname (line 2", "runcmd (line 3", "a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "users: [{name: a, doas: [permit a]}]; 22.4.2; 23.3",
        "users: [{name: a, sudo: [x]}]; 24.1; 24.2",
        "users: []; 23.1; 23.2",
        "locale: false; 24.3; 24.4",
        "packages: [{snap: [hello]}]; 23.3; 23.4",
        "ansible: {pull: [{url: x, playbook_names: [y]}]}; 25.1.4; 25.2",
      })
  void whatALaterReleaseAddedIsRefusedBefore(String body, String refusing, String taking) {
    String document = "#cloud-config\n" + body;
    assertThat(schema(refusing).validate(document).isValid()).isFalse();
    assertThat(schema(taking).validate(document).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown_top_level_key: 1",
        "ssh_genkeytypes: [dsa]",
        "landscape: {client: {url: 'https://x'}}",
        "chef: {chef_license: maybe}",
      })
  void whatALaterReleaseDroppedIsRefusedAfter(String body) {
    assertThat(check(body).errors()).isEmpty();
    assertThat(LATEST.validate("#cloud-config\n" + body).isValid()).isFalse();
  }

  @Test
  void releasesOlderThanTheRulesAreRefusedByName() {
    assertThatThrownBy(() -> schema("22.3"))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContainingAll("22.3", "22.4.2");
    assertThat(schema("99.1").validate("#cloud-config\nrpi: {}").isValid()).isTrue();
  }

  @Test
  void goodDocumentsOfTheCorpusPassInSomeReleaseAndBadOnesFailInSome() {
    assertThat(Corpus.bad())
        .allSatisfy(
            document ->
                assertThat(
                        BOOKWORM.validate(document).isValid()
                            && LATEST.validate(document).isValid())
                    .as(document)
                    .isFalse());
    assertThat(Corpus.good())
        .allSatisfy(
            document ->
                assertThat(
                        BOOKWORM.validate(document).isValid()
                            || LATEST.validate(document).isValid())
                    .as(document)
                    .isTrue());
  }

  private static CloudConfigSchema schema(String version) {
    return CloudConfigSchema.forVersion(CloudInitVersion.of(version));
  }
}
