package dev.osmo.bench.rounds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.osmo.bench.load.LoadResult;
import java.util.Optional;

/**
 * One measured round.
 *
 * @param server the program that was measured
 * @param workload the work it did
 * @param ceiling the work of the ceiling program that bounds it
 * @param connections of the load generator
 * @param serverMillis processor time of the server for each request, in milliseconds
 * @param databaseMillis processor time of PostgreSQL for each request, in milliseconds
 * @param foreign the part of the machine's capacity that other programs used, 0 to 1
 * @param mebibytes resident memory of the server after the round
 */
public record Round(
    String server,
    String workload,
    @JsonIgnore Optional<String> ceiling,
    int connections,
    LoadResult load,
    double serverMillis,
    double databaseMillis,
    double foreign,
    long mebibytes) {}
