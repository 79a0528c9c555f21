package io.vmkit.cloudinit.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Spelling {
  private static final int LONGEST_COMPARED = 60;

  private Spelling() {}

  /**
   * {@return the known word nearest to what was written, when at most a third of it differs; - and
   * _ count as the same}
   */
  static Optional<String> nearest(String written, Collection<String> known) {
    String folded = fold(written);
    if (folded.length() > LONGEST_COMPARED) {
      return Optional.empty();
    }
    int tolerated = Math.max(1, folded.length() / 3);
    return known.stream()
        .filter(word -> distance(folded, fold(word)) <= tolerated)
        .min(
            Comparator.comparingInt((String word) -> distance(folded, fold(word)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Levenshtein's distance, one row of his table at a time. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
