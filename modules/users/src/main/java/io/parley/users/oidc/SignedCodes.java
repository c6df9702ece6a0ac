package io.parley.users.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.parley.users.limits.SingleUse;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Codes that hold their content, the time at which they expire, and a MAC of both and of what they are for. Nothing is
 * stored when a sign-in begins, and every node accepts the codes of the others. Only used codes are remembered, until they
 * expire. Anyone who has a code can read its content.
 */
final class SignedCodes {
    private static final int MAC_BYTES = 32;
    private static final int RANDOM_BYTES = 16;
    private static final String EXPIRES = "exp";
    private static final SecureRandom random = new SecureRandom();

    /** What a code is for. */
    enum Purpose {
        STATE(""),
        SIGN_IN("sic_"),
        LINK("lnk_");

        private final String prefix;

        Purpose(String prefix) {
            this.prefix = prefix;
        }
    }

    private final DerivedKey key;
    private final SingleUse used;
    private final Clock clock;

    /** @param signingKey the same on every node */
    SignedCodes(Secret signingKey, SingleUse used, Clock clock) {
        this.key = new DerivedKey(signingKey, "parley: codes of OpenID Connect");
        this.used = used;
        this.clock = clock;
    }

    /** @param holder without whom the code is worth nothing; may be empty */
    Secret create(Purpose purpose, String holder, JsonObject content, Duration lifetime) {
        var unique = new byte[RANDOM_BYTES];
        random.nextBytes(unique);
        var json = content.copy()
                .put("jti", unique)
                .put(EXPIRES, clock.instant().plus(lifetime).toEpochMilli())
                .encode()
                .getBytes(UTF_8);
        var whole = ByteBuffer.allocate(MAC_BYTES + json.length)
                .put(mac(purpose, holder, json))
                .put(json)
                .array();
        return new Secret(
                purpose.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /** The content; empty if it is not one of ours for this purpose and holder, or has expired. */
    Optional<JsonObject> read(Purpose purpose, String holder, Secret code) {
        return bytes(purpose, code).flatMap(whole -> {
            var json = Arrays.copyOfRange(whole, MAC_BYTES, whole.length);
            return MessageDigest.isEqual(Arrays.copyOf(whole, MAC_BYTES), mac(purpose, holder, json))
                    ? parsed(json)
                    : Optional.empty();
        });
    }

    private Optional<JsonObject> parsed(byte[] json) {
        try {
            return Optional.of(new JsonObject(new String(json, UTF_8)))
                    .filter(content -> content.getLong(EXPIRES) > clock.millis());
        } catch (DecodeException impossible) {
            return Optional.empty();
        }
    }

    /** Uses up a code that {@link #read} accepts; false if it was used before. */
    Future<Boolean> use(Secret code, Duration lifetime) {
        return used.isFirst(code.value().getBytes(UTF_8), lifetime);
    }

    /** A secret of a code and its holder, in 43 characters of base64url. */
    String derived(String purpose, String holder, String code) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(purpose, holder, code.getBytes(UTF_8)));
    }

    // Without padding and with no bits that do not count, so that one code has one spelling.
    private static Optional<byte[]> bytes(Purpose purpose, Secret code) {
        var text = code.value();
        if (!text.startsWith(purpose.prefix)) return Optional.empty();
        var encoded = text.substring(purpose.prefix.length());
        try {
            var whole = Base64.getUrlDecoder().decode(encoded);
            return Optional.of(whole)
                    .filter(bytes -> bytes.length > MAC_BYTES
                            && Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(bytes)
                                    .equals(encoded));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] mac(Purpose purpose, String holder, byte[] content) {
        return mac(purpose.name(), holder, content);
    }

    private byte[] mac(String purpose, String holder, byte[] content) {
        var subject = (purpose + " " + holder.length() + " " + holder).getBytes(UTF_8);
        return key.mac(ByteBuffer.allocate(subject.length + content.length)
                .put(subject)
                .put(content)
                .array());
    }
}
