package dev.osmo.bench.report;

import java.io.IOException;
import java.sql.SQLException;

/** One kind of measurement. */
@FunctionalInterface
public interface Measurement {

  Section measure() throws IOException, InterruptedException, SQLException;
}
