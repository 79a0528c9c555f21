package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  /** The first is Drepper's own, the others are what glibc's crypt(3) says. */
  @ParameterizedTest
  @CsvSource({
    "Hello world!,saltstring,"
        + "svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    "x,a,AvQLBHPFSbE4d9QOBrglBdXuv.jRoEFLHgWJlsZ6XhNHrxkMbotj9kAr0GGhdZ5XM6DM29/LJ9jZin3Aj8Tph0",
    "Grüße ☃ 密码,./Az09abcdEFGH..,"
        + "gmhToDNLvyZ2xrxgGPJpQx4sKZwvsVDoKuWWn6kfgCWYJdW7E1aCvASyYnt/705UVJmKzscMO2ms/mwdlaeSp/",
    "a short string,asaltof16chars..,"
        + "7wIk/EteoJQGBfqJAOUMMifjJMKtc0g/q26LZ1LzIFeDWeRqAWXowoRgGvReDapVsNtCUqmTLhtUyVznQej6P0",
  })
  void agreesWithTheReference(String password, String salt, String digest) {
    assertThat(PasswordHash.sha512(password, salt).value()).isEqualTo("$6$" + salt + "$" + digest);
  }

  @Test
  void passwordLongerThanADigestAgreesWithTheReference() {
    assertThat(PasswordHash.sha512("p".repeat(200), "1234567890123456").value())
        .endsWith(
            "$hiFKyTKZRMIikbrurFbLokWKGjcrwIlXCXQ/bWi7YWsHqvuDf1ildRuOmQ50NFfVAiktpXaCJzwlRUfyJ3eEN1");
  }

  /** Drepper, "SHA-crypt.txt", test vector with 10000 rounds. */
  @Test
  void otherRoundsAgreeWithTheReference() {
    assertThat(Sha512Crypt.hash("Hello world!", "saltstringsaltst", 10000))
        .isEqualTo(
            "$6$rounds=10000$saltstringsaltst$"
                + "OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/"
                + "y3RnOaw5v.");
  }

  @Test
  void randomSaltsDiffer() {
    assertThat(PasswordHash.sha512("x")).isNotEqualTo(PasswordHash.sha512("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "", "$6$", "$6$sa lt$x", "$6$salt$x:y", "$6$salt$x\n"})
  void textThatIsNoHashIsRefusedUnshown(String text) {
    assertThatThrownBy(() -> PasswordHash.crypted(text))
        .isInstanceOf(InvalidSpec.class)
        .message()
        .doesNotContain("secret", "sa lt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "nul\0"})
  void passwordThatNobodyCouldTypeIsRefused(String password) {
    assertThatThrownBy(() -> PasswordHash.sha512(password)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void badSaltIsRefused() {
    assertThatThrownBy(() -> PasswordHash.sha512("x", "$")).isInstanceOf(InvalidSpec.class);
  }
}
