package dev.osmo.exchange.openapi;

import dev.osmo.exchange.testing.ExchangeStack;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.openapi.DocumentContract;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;

@QuarkusTest
@QuarkusTestResource(ExchangeStack.class)
class DocumentTest implements DocumentContract {

  @TestHTTPResource(management = true)
  URI management;

  @Override
  public Path stored() {
    return Contracts.file("openapi-auth-exchange-service.json");
  }

  @Override
  public URI management() {
    return management;
  }
}
