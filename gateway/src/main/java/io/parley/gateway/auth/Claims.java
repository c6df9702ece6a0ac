package io.parley.gateway.auth;

import io.parley.gateway.http.HttpError;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/** The claims of a token whose signature is good: all are required, none is guessed (RFC 8725, 3.8 to 3.11). */
final class Claims {
    // The clocks of two nodes differ by less.
    private static final long SKEW_SECONDS = 60;

    private final JsonObject claims;
    private final TokenSettings settings;

    Claims(JsonObject claims, TokenSettings settings) {
        this.claims = claims;
        this.settings = settings;
    }

    /** Fails with a refusal where a claim is missing, of another type or of another value than ours. */
    Identity identity(Instant now) {
        require(text("iss").equals(settings.issuer()) && text("aud").equals(settings.audience()));
        long issued = number("iat");
        long expiry = number("exp");
        require(issued <= now.getEpochSecond() + SKEW_SECONDS);
        // A longer life than ours would outlive the notice that its session has ended.
        require(expiry > issued && expiry - issued <= settings.lifetime().toSeconds());
        if (expiry <= now.getEpochSecond()) throw HttpError.tokenInvalid("The access token has expired.");
        return new Identity(new Caller(id("sub"), role()), id("sid"), Instant.ofEpochSecond(expiry));
    }

    private String text(String claim) {
        if (claims.getValue(claim) instanceof String text) return text;
        throw invalid();
    }

    private long number(String claim) {
        var value = claims.getValue(claim);
        if (value instanceof Integer || value instanceof Long) return ((Number) value).longValue();
        throw invalid();
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

    private static void require(boolean holds) {
        if (!holds) throw invalid();
    }

    static HttpError invalid() {
        return HttpError.tokenInvalid("The access token is not valid.");
    }
}
