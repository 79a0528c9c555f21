package io.vmkit.cloudinit.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents with a few characters lost, added or changed, as a slip of the hand would do. */
final class Typos {
  /** Characters that mean something in YAML. */
  private static final String ALPHABET = " \t\n:-[]{}&*!|>'\"%@`#,?~<=.0y";

  private static final int MOST_SLIPS = 3;

  private Typos() {}

  /** {@return so many variants of each document; the same ones at each call} */
  static List<String> of(List<String> documents, int variants) {
    Random random = new Random(22_4_2);
    List<String> typos = new ArrayList<>();
    for (String document : documents) {
      for (int i = 0; i < variants; i++) {
        typos.add(slip(document, random));
      }
    }
    return typos;
  }

  private static String slip(String document, Random random) {
    int header = document.indexOf('\n') + 1;
    StringBuilder text = new StringBuilder(document);
    for (int slips = 1 + random.nextInt(MOST_SLIPS); slips > 0 && text.length() > header; slips--) {
      int at = header + random.nextInt(text.length() - header);
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, c);
        default -> text.setCharAt(at, c);
      }
    }
    return text.toString();
  }
}
