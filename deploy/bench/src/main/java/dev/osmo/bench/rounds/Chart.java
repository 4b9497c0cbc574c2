package dev.osmo.bench.rounds;

import java.util.List;
import java.util.Locale;

/** A bar chart as SVG. */
final class Chart {

  private static final int LABELS = 260;
  private static final int WIDTH = 560;
  private static final int LINE = 24;
  private static final int HEAD = 40;

  private Chart() {}

  /** One line of the chart. */
  record Bar(String label, double value) {}

  static String draw(String title, List<Bar> bars) {
    double greatest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="13">
            <rect width="%1$d" height="%2$d" fill="white"/>
            <text x="10" y="24" font-size="16" font-weight="bold">%3$s</text>
            """
                .formatted(LABELS + WIDTH + 80, HEAD + bars.size() * LINE + 10, title));
    int y = HEAD;
    for (Bar bar : bars) {
      double width = WIDTH * bar.value() / greatest;
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <text x="%d" y="%d" text-anchor="end">%s</text>
              <rect x="%d" y="%d" width="%.1f" height="16" fill="#2a6f97"/>
              <text x="%.1f" y="%d">%,.0f</text>
              """,
              LABELS - 8,
              y + 13,
              bar.label(),
              LABELS,
              y,
              width,
              LABELS + width + 6,
              y + 13,
              bar.value()));
      y += LINE;
    }
    return svg.append("</svg>\n").toString();
  }
}
