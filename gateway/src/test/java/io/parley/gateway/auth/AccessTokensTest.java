package io.parley.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.json.JsonForm;
import io.parley.kernel.Caller;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTokensTest {
    private static final Deque<Caller> received = new ConcurrentLinkedDeque<>();
    private static final Deque<Users.Register> registered = new ConcurrentLinkedDeque<>();
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(Users.FIND, find -> {
            received.add(find.caller());
            return Future.succeededFuture(Fixtures.adasAccount);
        }));
        TestGateway.await(gateway.bus.answer(
                Users.SIGN_IN_OPTIONS,
                query -> Future.succeededFuture(new SignInOptions(
                        RegistrationMode.OPEN,
                        EmailVerification.OFF,
                        false,
                        true,
                        List.of(),
                        new Oidc.Providers(List.of())))));
        TestGateway.await(gateway.bus.answer(Users.REGISTER, register -> {
            registered.add(register);
            return Future.succeededFuture(
                    new SignedIn(Fixtures.adasAccount, Fixtures.ADAS_SESSION, new Secret("the refresh token")));
        }));
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void passesTheCallerToTheModule() {
        assertThat(withToken(Fixtures.token(Fixtures.adasClaims())).statusCode())
                .isEqualTo(200);
        assertThat(received.getLast()).isEqualTo(Fixtures.ada);
    }

    @Test
    void answers401WithoutAToken() {
        var response = gateway.send(gateway.request("/api/v1/users/me"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge(""));
    }

    @Test
    void acceptsTheTokensThatItIssues() {
        var response = gateway.send(gateway.request("/api/v1/auth/register")
                .header("Content-Type", "application/json")
                .header("User-Agent", "curl/8\t" + "x".repeat(300))
                .POST(BodyPublishers.ofString("{\"email\":\"ada@example.org\",\"password\":\"the engine weaves\"}")));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/users/me");
        assertThat(response.headers().firstValue("ETag")).isPresent();
        var tokens = new JsonObject(response.body());
        assertThat(tokens.fieldNames())
                .containsExactly("user", "access_token", "refresh_token", "token_type", "expires_in");
        assertThat(tokens.getString("refresh_token")).isEqualTo("the refresh token");
        assertThat(tokens.getInteger("expires_in")).isEqualTo(900);
        assertThat(tokens.getJsonObject("user").getBoolean("is_active")).isTrue();
        assertThat(tokens.getJsonObject("user").getBoolean("is_superuser")).isFalse();
        assertThat(withToken(tokens.getString("access_token")).statusCode()).isEqualTo(200);
        assertThat(registered.getLast().client().ip()).isEqualTo("127.0.0.1");
        assertThat(registered.getLast().client().userAgent())
                .startsWith("curl/8x")
                .hasSize(255);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesABadToken(String name, String token) {
        var response = withToken(token);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue(challenge(", error=\"invalid_token\""));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    static Stream<Arguments> refusesABadToken() {
        long now = Instant.now().getEpochSecond();
        var header = new JsonObject().put("typ", "JWT").put("alg", "HS256");
        var good = Fixtures.token(Fixtures.adasClaims());
        return Stream.concat(
                Stream.of(
                        arguments("nothing", ""),
                        arguments("words", "open sesame"),
                        arguments("dots", "..."),
                        arguments("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
                        arguments("another signature", good.substring(0, good.length() - 4) + "AAAA"),
                        arguments("no algorithm", unsigned("none")),
                        arguments("no algorithm in capitals", unsigned("NONE")),
                        arguments(
                                "another algorithm with our key",
                                Fixtures.token(
                                        header.copy().put("alg", "HS512"),
                                        Fixtures.adasClaims(),
                                        "HmacSHA512",
                                        TestGateway.TOKENS.key().value())),
                        arguments("another key", Fixtures.token(Fixtures.adasClaims(), "x".repeat(32))),
                        arguments("another issuer", with("iss", "mallory")),
                        arguments("another audience", with("aud", "others")),
                        arguments("expired", with("exp", now - 1)),
                        arguments("a life without end", with("exp", now + 86_400)),
                        arguments("issued in the future", with("iat", now + 600)),
                        arguments("a word for exp", with("exp", "tomorrow")),
                        arguments("digits in quotes for exp", with("exp", "" + (now + 900))),
                        arguments("a fraction for exp", with("exp", now + 0.5)),
                        arguments("null for exp", with("exp", null)),
                        arguments("a word for iat", with("iat", "now")),
                        arguments("a number for sub", with("sub", 7)),
                        arguments("no UUID for sub", with("sub", "ada")),
                        arguments("a short UUID for sid", with("sid", "1-1-1-1-1")),
                        arguments("another role", with("role", "root"))),
                Stream.of("iss", "aud", "sub", "sid", "role", "iat", "exp").map(claim -> {
                    var claims = Fixtures.adasClaims();
                    claims.remove(claim);
                    return arguments("without " + claim, Fixtures.token(claims));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatItWouldNotIssueInSpiteOfAValidSignature(String name, String token) {
        assertThat(withToken(token).statusCode()).isEqualTo(401);
    }

    static Stream<Arguments> refusesWhatItWouldNotIssueInSpiteOfAValidSignature() {
        var good = Fixtures.token(Fixtures.adasClaims());
        var header = good.substring(0, good.indexOf('.'));
        var claims = Fixtures.adasClaims().encode();
        return Stream.of(
                arguments("crit", withHeader(",\"crit\":[\"exp\"]")),
                arguments("b64", withHeader(",\"crit\":[\"b64\"],\"b64\":false")),
                arguments("b64 that is not critical", withHeader(",\"b64\":false")),
                arguments("a key of its own", withHeader(",\"jwk\":{\"kty\":\"oct\"}")),
                arguments("alg twice", withHeader(",\"alg\":\"HS256\"")),
                arguments("another alg first", signed("{\"alg\":\"none\",\"typ\":\"JWT\",\"alg\":\"HS256\"}", claims)),
                arguments("alg in small letters", signed("{\"typ\":\"JWT\",\"alg\":\"hs256\"}", claims)),
                arguments("another typ", signed("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}", claims)),
                arguments("no typ", signed("{\"alg\":\"HS256\"}", claims)),
                arguments("a header that is no object", signed("[\"JWT\",\"HS256\"]", claims)),
                arguments("a header with something behind it", signed("{\"typ\":\"JWT\",\"alg\":\"HS256\"}{}", claims)),
                arguments("nbf in the future", with("nbf", Instant.now().getEpochSecond() + 600)),
                arguments("a word for nbf", with("nbf", "now")),
                arguments("null for nbf", with("nbf", null)),
                arguments("sub twice", withClaims(",\"sub\":\"" + Fixtures.grace.userId() + "\"")),
                arguments("role twice", withClaims(",\"role\":\"admin\"")),
                arguments(
                        "exp twice in the same way",
                        withClaims(",\"exp\":" + Fixtures.adasClaims().getLong("exp"))),
                arguments("claims that are no object", Fixtures.signed(header + '.' + Fixtures.base64("[]"))),
                arguments("claims that are no JSON", Fixtures.signed(header + '.' + Fixtures.base64(claims + "x"))),
                arguments("an unknown sid", with("sid", Fixtures.UNKNOWN_SESSION.toString())),
                arguments("padding", good + "="),
                arguments("padding of the header", Fixtures.signed(header + "=." + Fixtures.base64(claims))),
                arguments("another spelling of the signature", respelled(good)),
                arguments("four parts", good + ".x"));
    }

    @Test
    void acceptsAnNbfThatHasPassed() {
        assertThat(withToken(with("nbf", Instant.now().getEpochSecond() - 1)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesAnotherScheme() {
        var request = gateway.request("/api/v1/users/me").header("Authorization", "Basic YWRhOmFkYQ==");
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesTwoTokens() {
        var request = gateway.asAda("/api/v1/users/me")
                .header("Authorization", "Bearer " + Fixtures.token(Fixtures.adasClaims()));
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void authenticatesBeforeAnythingElse() {
        var request = gateway.request("/api/v1/tasks/none?what=else").method("PATCH", BodyPublishers.ofString("{"));
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void neverWritesASecretByAccident() {
        assertThatThrownBy(() -> JsonForm.write(new Users.Credentials("ada@example.org", new Secret("hush"))))
                .hasMessageNotContaining("hush");
    }

    private static HttpResponse<String> withToken(String token) {
        return gateway.send(gateway.request("/api/v1/users/me").header("Authorization", "Bearer " + token));
    }

    private static String challenge(String error) {
        return "Bearer realm=\"parley\", resource_metadata=\"http://127.0.0.1:" + gateway.port()
                + "/.well-known/oauth-protected-resource/mcp\"" + error;
    }

    private static String with(String claim, @Nullable Object value) {
        return Fixtures.token(Fixtures.adasClaims().put(claim, value));
    }

    private static String withHeader(String more) {
        return signed(
                "{\"typ\":\"JWT\",\"alg\":\"HS256\"" + more + "}",
                Fixtures.adasClaims().encode());
    }

    private static String withClaims(String more) {
        var claims = Fixtures.adasClaims().encode();
        return signed("{\"typ\":\"JWT\",\"alg\":\"HS256\"}", claims.substring(0, claims.length() - 1) + more + "}");
    }

    private static String signed(String header, String claims) {
        return Fixtures.signed(Fixtures.base64(header) + '.' + Fixtures.base64(claims));
    }

    // The last of 43 characters carries four bits of the 32 bytes: its other two are ignored by lenient decoders.
    private static String respelled(String token) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = token.length() - 1;
        return token.substring(0, last) + alphabet.charAt(alphabet.indexOf(token.charAt(last)) + 1);
    }

    private static String unsigned(String algorithm) {
        var header = new JsonObject().put("typ", "JWT").put("alg", algorithm);
        return Fixtures.base64(header.encode())
                + '.'
                + Fixtures.base64(Fixtures.adasClaims().encode())
                + '.';
    }
}
