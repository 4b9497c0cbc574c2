package dev.osmo.token.openapi;

import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.openapi.DocumentContract;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;

@QuarkusTest
class DocumentTest implements DocumentContract {

  @TestHTTPResource(value = "", management = true)
  URI management;

  @Override
  public Path stored() {
    return Contracts.file("openapi-token-service.json");
  }

  @Override
  public URI management() {
    return management;
  }
}
