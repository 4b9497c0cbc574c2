package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.UserCode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Starts the device flow, and shows the page on which a person decides about it. */
final class DeviceEndpoint {
  private final DevProviderSettings settings;
  private final URI page;
  private final Directory directory;
  private final DeviceGrants grants;

  DeviceEndpoint(DevProviderSettings settings, URI page, Directory directory, DeviceGrants grants) {
    this.settings = settings;
    this.page = page;
    this.directory = directory;
    this.grants = grants;
  }

  Answer start(HTTPRequest http, Instant now) {
    DeviceAuthorizationRequest request;
    try {
      request = DeviceAuthorizationRequest.parse(http);
    } catch (ParseException e) {
      return Answer.error(OAuth2Error.INVALID_REQUEST);
    }
    if (request.getClientID() == null
        || !settings.clients().contains(request.getClientID().getValue())) {
      return Answer.error(OAuth2Error.INVALID_CLIENT);
    }
    DeviceCode code = new DeviceCode();
    UserCode userCode = new UserCode();
    long interval = settings.pollInterval().toSeconds();
    grants.put(
        code,
        new DeviceGrants.Grant(
            userCode,
            request.getClientID(),
            Optional.ofNullable(request.getScope()).orElseGet(Scope::new),
            now.plus(settings.deviceCodeLife()),
            interval,
            Optional.empty(),
            new DeviceGrants.Decision.None()));
    return Answer.json(
        new DeviceAuthorizationSuccessResponse(
                code,
                userCode,
                page,
                URI.create(page + "?user_code=" + userCode.getValue()),
                settings.deviceCodeLife().toSeconds(),
                interval,
                null)
            .toJSONObject()
            .toJSONString());
  }

  Answer show(Form query, Instant now) {
    String typed = query.value("user_code");
    if (typed.isBlank()) {
      return Answer.page(200, Page.enterUserCode());
    }
    UserCode code = new UserCode(typed);
    return grants.awaits(code, now)
        ? Answer.page(
            200,
            Page.chooseUser(
                "Sign in with the code " + code.getValue(),
                "/device",
                "user_code",
                code.getValue(),
                directory.all()))
        : unknownCode();
  }

  Answer decide(Form form, Instant now) {
    String typed = form.value("user_code");
    if (typed.isBlank()) {
      return unknownCode();
    }
    Optional<DevUser> user = directory.enabled(form.value("user"));
    UnaryOperator<DeviceGrants.Grant> decision =
        user.<UnaryOperator<DeviceGrants.Grant>>map(each -> grant -> grant.approvedBy(each, now))
            .orElse(DeviceGrants.Grant::denied);
    if (!grants.decide(new UserCode(typed), decision, now)) {
      return unknownCode();
    }
    return user.isPresent()
        ? Answer.page(
            200, Page.message("Signed in", "You can close this page and return to the terminal."))
        : Answer.page(200, Page.message("Not signed in", "The sign-in was cancelled."));
  }

  private static Answer unknownCode() {
    return Answer.page(
        400, Page.message("Unknown code", "No device waits for this code, or it has expired."));
  }
}
