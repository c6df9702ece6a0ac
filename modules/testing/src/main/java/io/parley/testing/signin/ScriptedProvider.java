package io.parley.testing.signin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.parley.testing.Answers;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A provider of OpenID Connect on loopback, with real RS256 keys. Every visitor is signed in at once as {@link #person}, and its ID
 * tokens are right unless a test forges them.
 */
public final class ScriptedProvider implements AutoCloseable {
    public static final String CLIENT_ID = "parley";
    public static final String CLIENT_SECRET = "between us: the secret of a client";

    private final HttpServer server;
    private final Map<String, Grant> grants = new HashMap<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final AtomicBoolean cancels = new AtomicBoolean();
    private final Deque<RSAKey> keys = new ArrayDeque<>();
    private volatile Map<String, Object> person = Map.of();
    private volatile UnaryOperator<IdToken> forgery = UnaryOperator.identity();

    /** What somebody has agreed to at the provider. */
    private record Grant(Map<String, String> request, Map<String, Object> person) {}

    /** Where the browser goes next, taken apart. */
    public record Callback(String code, String state, String issuer) {}

    private ScriptedProvider(Vertx vertx) {
        this.server = vertx.createHttpServer().requestHandler(this::answer);
    }

    /** Listens on a free port. Not for use on an event loop. */
    public static ScriptedProvider start(Vertx vertx) {
        var provider = new ScriptedProvider(vertx);
        Answers.of(provider.server.listen(0, "127.0.0.1"));
        return provider;
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The setting {@code oidc.providers} with this one, and with more members. */
    public JsonObject setting(String name) {
        return new JsonObject()
                .put("name", name)
                .put("issuer", issuer())
                .put("client-id", CLIENT_ID)
                .put("client-secret", CLIENT_SECRET);
    }

    /** From now on somebody of this subject and e-mail address signs in, whom the provider has seen to read mail to it. */
    public ScriptedProvider person(String subject, String email) {
        return person(Map.of("sub", subject, "email", email, "email_verified", true, "name", "Ada Lovelace"));
    }

    /** The same with any claims. */
    public ScriptedProvider person(Map<String, Object> claims) {
        person = Map.copyOf(claims);
        return this;
    }

    /** The next browser that comes is sent back without being signed in, as if its user had cancelled. */
    public void cancelNext() {
        cancels.set(true);
    }

    /** Changes ID tokens before they are signed. */
    public ScriptedProvider forging(UnaryOperator<IdToken> change) {
        forgery = change;
        return this;
    }

    /** Signs with another key, which takes the place of the one before. */
    public synchronized ScriptedProvider rotate() {
        keys.push(SigningKeys.take());
        return this;
    }

    // Most providers of tests sign nothing.
    private synchronized RSAKey key() {
        if (keys.isEmpty()) keys.push(SigningKeys.take());
        return keys.element();
    }

    /** How often its keys were fetched. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** Signs in at the URL that a browser was sent to. */
    public synchronized Callback authorize(String location) {
        // To make a key can take seconds on a busy machine, more than the server waits for a token.
        key();
        var request = parameters(URI.create(location).getRawQuery());
        var code = UUID.randomUUID().toString();
        grants.put(code, new Grant(request, person));
        return new Callback(code, String.valueOf(request.get("state")), issuer());
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/.well-known/openid-configuration" -> json(request.response(), configuration());
            case "/keys" -> {
                keyRequests.incrementAndGet();
                json(request.response(), new JsonObject(new JWKSet(key()).toString()));
            }
            case "/authorize" -> redirect(request);
            case "/token" -> request.body().onSuccess(body -> token(request, parameters(body.toString())));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private JsonObject configuration() {
        return new JsonObject()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("response_types_supported", new JsonArray().add("code"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                .put("authorization_response_iss_parameter_supported", true);
    }

    private void redirect(HttpServerRequest request) {
        var callback = authorize(request.absoluteURI());
        var result = cancels.getAndSet(false) ? "error=access_denied" : "code=" + callback.code();
        var target = parameters(request.query()).get("redirect_uri") + "?" + result + "&state="
                + encoded(callback.state()) + "&iss=" + encoded(issuer()) + "&session_state=any";
        request.response().setStatusCode(302).putHeader("Location", target).end();
    }

    private synchronized void token(HttpServerRequest request, Map<String, String> sent) {
        var grant = grants.remove(String.valueOf(sent.get("code")));
        if (grant == null || !isClient(request.headers()) || !fits(grant.request(), sent)) {
            json(request.response().setStatusCode(400), new JsonObject().put("error", "invalid_grant"));
            return;
        }
        json(
                request.response(),
                new JsonObject()
                        .put("access_token", "unused")
                        .put("token_type", "Bearer")
                        .put("expires_in", 60)
                        .put("id_token", idToken(grant)));
    }

    private static boolean isClient(MultiMap headers) {
        var credentials = encoded(CLIENT_ID) + ":" + encoded(CLIENT_SECRET);
        return ("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .equals(headers.get("Authorization"));
    }

    private static boolean fits(Map<String, String> request, Map<String, String> sent) {
        return "S256".equals(request.get("code_challenge_method"))
                && Pkce.challenge(String.valueOf(sent.get("code_verifier"))).equals(request.get("code_challenge"))
                && String.valueOf(request.get("redirect_uri")).equals(sent.get("redirect_uri"))
                && "authorization_code".equals(sent.get("grant_type"));
    }

    private String idToken(Grant grant) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT_ID)
                .claim("iat", Instant.now().getEpochSecond())
                .claim("exp", Instant.now().getEpochSecond() + 300)
                .claim("nonce", grant.request().get("nonce"));
        grant.person().forEach(claims::claim);
        return forgery.apply(new IdToken(claims.build(), JWSAlgorithm.RS256, key()))
                .text();
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("Content-Type", "application/json").end(body.encode());
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Answers.of(server.close());
        giveKeysBack();
    }

    private synchronized void giveKeysBack() {
        keys.forEach(SigningKeys::giveBack);
        keys.clear();
    }
}
