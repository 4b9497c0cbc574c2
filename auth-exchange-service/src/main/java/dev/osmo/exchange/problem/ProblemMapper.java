package dev.osmo.exchange.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.osmo.exchange.database.DatabaseUnavailable;
import dev.osmo.exchange.jwt.keys.NoSigningKey;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where an exception becomes a problem. What is precise goes to the log, never out.
 */
class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @ServerExceptionMapper
  Response map(Throwable failure) {
    return log(typeOf(failure), failure).response();
  }

  /** Named here because the framework's own mapper for it is nearer to it than the one above. */
  @ServerExceptionMapper
  Response map(WebApplicationException failure) {
    return map((Throwable) failure);
  }

  @ServerExceptionMapper
  Response map(com.fasterxml.jackson.databind.exc.MismatchedInputException failure) {
    return map((Throwable) failure);
  }

  @ServerExceptionMapper
  Response map(ForbiddenException failure) {
    return map((Throwable) failure);
  }

  @ServerExceptionMapper
  Response map(UnauthorizedException failure) {
    return map((Throwable) failure);
  }

  private static ProblemType typeOf(Throwable failure) {
    return switch (failure) {
      case DatabaseUnavailable ignored -> ProblemType.DATABASE_UNAVAILABLE;
      case NoSigningKey ignored -> ProblemType.NO_SIGNING_KEY;
      case JacksonException ignored -> ProblemType.MALFORMED_REQUEST;
      case ForbiddenException ignored -> ProblemType.FORBIDDEN;
      case UnauthorizedException ignored -> ProblemType.FORBIDDEN;
      case WebApplicationException http -> ofStatus(http.getResponse().getStatus());
      default -> ProblemType.INTERNAL;
    };
  }

  private static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> ProblemType.FORBIDDEN;
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.PAYLOAD_TOO_LARGE;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      default -> status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL;
    };
  }

  /** Without the stack of each request: a database that is away would fill the disk. */
  private static ProblemType log(ProblemType type, Throwable failure) {
    if (failure instanceof DatabaseUnavailable unavailable) {
      LOG.warnf("no answer from the database: %s", unavailable.reason());
    } else if (type == ProblemType.INTERNAL) {
      LOG.error("a request failed", failure);
    }
    return type;
  }
}
