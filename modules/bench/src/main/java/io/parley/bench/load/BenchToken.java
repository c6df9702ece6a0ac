package io.parley.bench.load;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An access token of a user's session in {@link SeedData}, signed as the server signs it (RFC 7519, HS256). */
public final class BenchToken {
    public static final String KEY = "a signing key for benchmarks, at least 32 bytes";
    private static final String HEADER = base64("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));

    public static String of(UUID user) {
        long now = Instant.now().getEpochSecond();
        var claims = new JsonObject()
                .put("iss", "parley")
                .put("aud", "parley")
                .put("sub", user.toString())
                .put("sid", SeedData.session(user).toString())
                .put("role", "user")
                .put("iat", now)
                .put("exp", now + 900);
        var signed = HEADER + "." + base64(claims.toBuffer().getBytes());
        return signed + "." + base64(signature(signed));
    }

    private static byte[] signature(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private BenchToken() {}
}
