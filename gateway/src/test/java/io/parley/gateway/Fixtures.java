package io.parley.gateway;

import io.parley.contracts.tasks.Task;
import io.parley.contracts.users.User;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.kernel.Caller;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Users, a task and tokens for the tests. Tokens are made without the code under test, so that invalid ones can be made too. */
public final class Fixtures {
    public static final UUID ADAS_ID = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10");
    public static final UUID ADAS_SESSION = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b11");
    /** Of no user. */
    public static final UUID UNKNOWN_SESSION = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b15");

    public static final UUID TASK_ID = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b12");
    public static final Instant NOON = Instant.parse("2027-03-01T12:00:00.123456Z");
    public static final Caller ada = new Caller(ADAS_ID, Caller.Role.USER);
    public static final User adasAccount = new User(
            ADAS_ID,
            "ada@example.org",
            false,
            null,
            "Ada",
            Caller.Role.USER,
            false,
            true,
            User.Theme.SYSTEM,
            "UTC",
            null,
            null,
            null,
            NOON,
            NOON);
    public static final AdministeredUser administeredAda = new AdministeredUser(
            ADAS_ID,
            "ada@example.org",
            false,
            "Ada",
            Caller.Role.USER,
            false,
            true,
            User.Theme.SYSTEM,
            "UTC",
            null,
            null,
            NOON,
            NOON,
            false,
            0,
            null);
    public static final Task adasTask = task(null);

    public static final Caller grace =
            new Caller(UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b13"), Caller.Role.ADMIN);

    public static Task task(@Nullable String description) {
        return new Task(
                TASK_ID,
                ADAS_ID,
                null,
                "Book the flight",
                description,
                Task.Status.IN_PROGRESS,
                Task.Priority.HIGH,
                null,
                null,
                NOON,
                NOON,
                null);
    }

    public static JsonObject adasClaims() {
        return claims(ADAS_SESSION);
    }

    /** Grace is an administrator. */
    public static JsonObject gracesClaims() {
        return claims(UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b14"))
                .put("sub", grace.userId().toString())
                .put("role", "admin");
    }

    public static JsonObject claims(UUID sessionId) {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", "parley")
                .put("aud", "parley")
                .put("sub", ADAS_ID.toString())
                .put("sid", sessionId.toString())
                .put("role", "user")
                .put("iat", now)
                .put("exp", now + 900);
    }

    public static String token(JsonObject claims) {
        return token(claims, TestGateway.TOKENS.key().value());
    }

    public static String token(JsonObject claims, String key) {
        return token(new JsonObject().put("typ", "JWT").put("alg", "HS256"), claims, "HmacSHA256", key);
    }

    public static String token(JsonObject header, JsonObject claims, String algorithm, String key) {
        return signed(base64(header.encode()) + '.' + base64(claims.encode()), algorithm, key);
    }

    /** With a valid signature, whatever is signed. */
    public static String signed(String signed) {
        return signed(signed, "HmacSHA256", TestGateway.TOKENS.key().value());
    }

    private static String signed(String signed, String algorithm, String key) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return signed + '.' + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new AssertionError(failure);
        }
    }

    public static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Fixtures() {}
}
