package dev.osmo.exchange.start;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.List;

/** Creates the start mode from the command line. */
class StartModeProducer {

  @Produces
  @Dependent
  StartMode startMode(@CommandLineArguments String[] arguments) {
    return StartMode.of(List.of(arguments));
  }
}
