package io.parley.gateway.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** The claims of a token with a valid signature. All but nbf are required, and none is guessed (RFC 8725, 3.8 to 3.11). */
final class Claims {
    // The clocks of two nodes must differ by less.
    static final long SKEW_SECONDS = 60;

    private final JsonNode claims;
    private final TokenSettings settings;

    Claims(JsonNode claims, TokenSettings settings) {
        this.claims = claims;
        this.settings = settings;
    }

    /** Fails with a 401 if a claim is missing, has the wrong type, or has a value that Parley does not issue. */
    Identity identity(Instant now) {
        require(text("iss").equals(settings.issuer()) && text("aud").equals(settings.audience()));
        long issued = number("iat");
        long expiry = number("exp");
        require(issued <= now.getEpochSecond() + SKEW_SECONDS);
        // Not issued, but valid if it has passed (RFC 7519, 4.1.5).
        require(!claims.has("nbf") || number("nbf") <= now.getEpochSecond());
        // A longer-lived token would outlive the entry in EndedSessions that blocks it.
        require(expiry > issued && expiry - issued <= settings.lifetime().toSeconds());
        if (expiry <= now.getEpochSecond()) throw HttpError.tokenInvalid("The access token has expired.");
        return new Identity(new Caller(id("sub"), role()), id("sid"), Instant.ofEpochSecond(expiry));
    }

    private String text(String claim) {
        var value = claims.path(claim);
        require(value.isTextual());
        return value.asText();
    }

    private long number(String claim) {
        var value = claims.path(claim);
        require(value.isIntegralNumber() && value.canConvertToLong());
        return value.longValue();
    }

    private UUID id(String claim) {
        return Ids.parse(text(claim)).orElseThrow(Claims::invalid);
    }

    private Caller.Role role() {
        return switch (text("role")) {
            case "user" -> Caller.Role.USER;
            case "admin" -> Caller.Role.ADMIN;
            default -> throw invalid();
        };
    }

    static void require(boolean isValid) {
        if (!isValid) throw invalid();
    }

    /** A failure to look up what a token names: a 401 if that does not exist. */
    static <T> Future<T> refuseUnknown(Throwable failure) {
        boolean isUnknown = failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAUTHENTICATED;
        return Future.failedFuture(isUnknown ? invalid() : failure);
    }

    static HttpError invalid() {
        return HttpError.tokenInvalid("The access token is not valid.");
    }
}
