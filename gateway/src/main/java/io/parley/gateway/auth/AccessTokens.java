package io.parley.gateway.auth;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.contract.Authenticator;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.origin.ClientAddress;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.kernel.Bus;
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

/** Issues and checks access tokens (JWT, RFC 7519, signed with HS256), and lets {@link PersonalTokens} check those. */
public final class AccessTokens implements Authenticator {
    private static final String SCHEME = "bearer ";

    private final JWTAuth jwt;
    private final TokenSettings settings;
    private final EndedSessions endedSessions;
    private final VerifiedTokens verifiedTokens = new VerifiedTokens();
    private final KnownSessions knownSessions;
    private final PersonalTokens personalTokens;
    private final TrustedProxies proxies;

    /** @param proxies know the addresses of clients */
    public AccessTokens(
            Vertx vertx, Bus bus, TokenSettings settings, EndedSessions endedSessions, TrustedProxies proxies) {
        this.settings = settings;
        this.endedSessions = endedSessions;
        this.knownSessions = new KnownSessions(bus);
        this.personalTokens = new PersonalTokens(bus, settings.lifetime());
        this.proxies = proxies;
        // It accepts one algorithm only, because it has one key for that one. It would accept other header parameters,
        // and claims that are repeated, missing or of the wrong type: CompactToken and Claims check those.
        this.jwt = JWTAuth.create(
                vertx,
                new JWTAuthOptions()
                        .setJWTOptions(new JWTOptions().setIgnoreExpiration(true))
                        .addPubSecKey(new PubSecKeyOptions()
                                .setAlgorithm(CompactToken.ALGORITHM)
                                .setBuffer(settings.key().value())));
    }

    /** The answer to a sign-in, with a new access token. */
    public TokenResponse issue(SignedIn signedIn) {
        knownSessions.add(signedIn);
        return new TokenResponse(
                signedIn.user(),
                accessToken(signedIn),
                signedIn.refreshToken(),
                "Bearer",
                settings.lifetime().toSeconds());
    }

    /** Fails with a 401 if the token is missing or invalid, or its session has ended or never existed. */
    @Override
    public Future<Identity> authenticate(HttpServerRequest request) {
        var headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.isEmpty()) return Future.failedFuture(HttpError.tokenMissing());
        if (headers.size() > 1 || !isBearer(headers.get(0))) return Future.failedFuture(Claims.invalid());
        var token = headers.get(0).substring(SCHEME.length()).strip();
        return PersonalTokens.areMeant(token)
                ? personalTokens
                        .authenticate(token, ClientAddress.of(request, proxies))
                        .map(this::checkSession)
                : authenticateSession(token);
    }

    private Future<Identity> authenticateSession(String token) {
        return identity(token).map(this::checkSession).compose(knownSessions::require);
    }

    private Future<Identity> identity(String token) {
        var now = Instant.now();
        return verifiedTokens
                .find(token, now)
                .map(Future::succeededFuture)
                .orElseGet(() -> verify(token, now).onSuccess(identity -> verifiedTokens.add(token, identity)));
    }

    private Future<Identity> verify(String token, Instant now) {
        return Future.succeededFuture(token)
                .map(CompactToken::parse)
                .compose(this::verifySignature)
                .map(signed -> new Claims(signed.claims(), settings).identity(now))
                .recover(failure -> Future.failedFuture(failure instanceof HttpError ? failure : Claims.invalid()));
    }

    private Future<CompactToken> verifySignature(CompactToken token) {
        return jwt.authenticate(new TokenCredentials(token.text())).map(token);
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
        return new Secret(jwt.generateToken(
                claims, new JWTOptions().setAlgorithm(CompactToken.ALGORITHM).setNoTimestamp(true)));
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    // Until the list of ended sessions has been loaded, any session may be one of them.
    private Identity checkSession(Identity identity) {
        if (!endedSessions.isKnown()) throw Problem.unavailable();
        if (endedSessions.contains(identity.sessionId()))
            throw HttpError.tokenInvalid(identity.isSession() ? "The session has ended." : "The token was revoked.");
        return identity;
    }
}
