package io.vmkit.cloudinit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts of the kind that YAML readers get wrong. */
final class SampleTexts {
  private SampleTexts() {}

  static Arbitrary<String> any() {
    Arbitrary<String> traps =
        Arbitraries.of(
            "",
            " ",
            "no",
            "Yes",
            "off",
            "null",
            "~",
            "0644",
            "0o7",
            "1:30",
            "1e3",
            ".inf",
            "0x1f",
            "2001-01-01",
            "- a",
            "a: b",
            "a #b",
            "#x",
            "&a",
            "*a",
            "!!str",
            "%a",
            "@a",
            "`a",
            "'",
            "\"",
            "\\",
            "{",
            "[a",
            "? a",
            "|",
            ">",
            "<<",
            "=",
            "---",
            "...",
            "\n",
            "a\n ",
            "\r\n",
            "\t",
            "\u0000",
            "\u0007",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "é",
            "☃",
            "😀",
            "\u007f");
    Arbitrary<String> anything =
        Arbitraries.strings()
            .ofMaxLength(40)
            .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    Arbitrary<String> wild = Arbitraries.oneOf(traps, anything);
    return wild.list().ofMaxSize(3).map(parts -> String.join("", parts));
  }
}
