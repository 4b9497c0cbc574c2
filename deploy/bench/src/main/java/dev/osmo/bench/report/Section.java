package dev.osmo.bench.report;

import java.io.PrintStream;
import java.util.List;

/** The results of one kind of measurement. */
public interface Section {

  /** Its name in the file of results. */
  String name();

  /** Everything that was measured, as records for the file of results. */
  List<?> results();

  /** Prints the medians as a table. */
  void print(PrintStream out);
}
