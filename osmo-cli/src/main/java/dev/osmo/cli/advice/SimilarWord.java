package dev.osmo.cli.advice;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that was probably meant. */
final class SimilarWord {
  /** Shorter words say too little. */
  private static final int SHORTEST = 3;

  private SimilarWord() {}

  /** Empty when none is near: a wild guess helps nobody. */
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> isNear(typed, word))
        .min(
            Comparator.comparingInt((String word) -> edits(typed, word))
                .thenComparing(word -> word));
  }

  private static boolean isNear(String typed, String word) {
    int shorter = Math.min(typed.length(), word.length());
    return typed.length() >= SHORTEST
        && (word.startsWith(typed) || edits(typed, word) <= Math.max(1, shorter / 3));
  }

  /** Letters to insert, delete, replace or swap with their neighbour, each counted as one. */
  static int edits(String from, String to) {
    int[][] distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distance[i][j] = i == 0 || j == 0 ? i + j : fewest(distance, from, to, i, j);
      }
    }
    return distance[from.length()][to.length()];
  }

  private static int fewest(int[][] distance, String from, String to, int i, int j) {
    char last = from.charAt(i - 1);
    int replaced = distance[i - 1][j - 1] + (last == to.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && last == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(fewest, 1 + distance[i - 2][j - 2]) : fewest;
  }
}
