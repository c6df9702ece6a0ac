package io.parley.gateway.auth;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.http.HttpError;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Instant;
import java.util.Locale;

/** Access tokens (RFC 7519, signed with HS256): makes them, and tells from one who sent a request. */
public final class Authentication {
    private static final String ALGORITHM = "HS256";
    private static final String SCHEME = "bearer ";

    private final JWTAuth signatures;
    private final TokenSettings settings;
    private final EndedSessions ended;

    public Authentication(Vertx vertx, TokenSettings settings, EndedSessions ended) {
        this.settings = settings;
        this.ended = ended;
        // It has one key for one algorithm, so it takes no other. Of the claims it would take what is absent or of
        // another type: it is told to leave them to Claims.
        this.signatures = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true))
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(ALGORITHM)
                                .setBuffer(settings.key().value())));
    }

    public TokenResponse issue(SignedIn signedIn) {
        return new TokenResponse(
                signedIn.user(),
                accessToken(signedIn),
                signedIn.refreshToken(),
                "Bearer",
                settings.lifetime().toSeconds());
    }

    /** Fails with a refusal where no token, a bad one or that of an ended session came with the request. */
    public Future<Identity> identify(HttpServerRequest request) {
        var sent = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (sent.isEmpty()) return Future.failedFuture(HttpError.tokenMissing());
        if (sent.size() > 1 || !isBearer(sent.get(0))) return Future.failedFuture(Claims.invalid());
        return Future.succeededFuture(sent.get(0).substring(SCHEME.length()).strip())
                .compose(token -> signatures.authenticate(new TokenCredentials(token)))
                .map(user ->
                        new Claims(user.attributes().getJsonObject("accessToken"), settings).identity(Instant.now()))
                .recover(failure -> Future.failedFuture(failure instanceof HttpError ? failure : Claims.invalid()))
                .map(this::live);
    }

    private Secret accessToken(SignedIn signedIn) {
        User user = signedIn.user();
        long now = Instant.now().getEpochSecond();
        var claims = new JsonObject()
                .put("iss", settings.issuer())
                .put("aud", settings.audience())
                .put("sub", user.id().toString())
                .put("sid", signedIn.sessionId().toString())
                .put("role", user.role().name().toLowerCase(Locale.ROOT))
                .put("iat", now)
                .put("exp", now + settings.lifetime().toSeconds());
        return new Secret(signatures.generateToken(
                claims, new JWTOptions().setAlgorithm(ALGORITHM).setNoTimestamp(true)));
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    // Before it is known which sessions have ended, any of them may be.
    private Identity live(Identity identity) {
        if (!ended.isKnown()) throw Problem.unavailable();
        if (ended.contains(identity.sessionId())) throw HttpError.tokenInvalid("The session has ended.");
        return identity;
    }
}
