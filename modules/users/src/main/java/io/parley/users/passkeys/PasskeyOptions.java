package io.parley.users.passkeys;

import io.parley.contracts.users.User;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.contracts.users.identities.Passkeys.Options;
import io.parley.kernel.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Writes the options of Web Authentication Level 3 (5.4 and 5.5) as browsers read them with {@code parse…OptionsFromJSON}. */
final class PasskeyOptions {
    private static final String TYPE = "public-key";
    private static final String REQUIRED = "required";

    private final PasskeySettings settings;

    PasskeyOptions(PasskeySettings settings) {
        this.settings = settings;
    }

    /** @param existing the user's passkeys, so that no authenticator makes a second one */
    Options creation(byte[] challenge, User user, List<StoredPasskey> existing) {
        var algorithms = new JsonArray();
        WebAuthn.ALGORITHMS.forEach(
                algorithm -> algorithms.add(new JsonObject().put("type", TYPE).put("alg", algorithm.getValue())));
        return written(options(challenge)
                .put("rp", new JsonObject().put("id", settings.rpId()).put("name", "Parley"))
                .put(
                        "user",
                        new JsonObject()
                                .put("id", base64(handle(user.id())))
                                .put("name", user.email())
                                .put("displayName", Objects.requireNonNullElse(user.name(), user.email())))
                .put("pubKeyCredParams", algorithms)
                .put(
                        "excludeCredentials",
                        new JsonArray(existing.stream()
                                .map(PasskeyOptions::descriptor)
                                .toList()))
                .put(
                        "authenticatorSelection",
                        new JsonObject()
                                .put("residentKey", REQUIRED)
                                .put("requireResidentKey", true)
                                .put("userVerification", REQUIRED))
                .put("attestation", "none"));
    }

    /** Names no passkeys, which would tell strangers who has some: the authenticator shows those that it has for this server. */
    Options request(byte[] challenge) {
        return written(options(challenge)
                .put("rpId", settings.rpId())
                .put("allowCredentials", new JsonArray())
                .put("userVerification", REQUIRED));
    }

    private static JsonObject options(byte[] challenge) {
        return new JsonObject()
                .put("challenge", base64(challenge))
                .put("timeout", Passkeys.CHALLENGE_LIFETIME.toMillis());
    }

    private static Options written(JsonObject options) {
        return new Options(new Json(options.encode()));
    }

    private static JsonObject descriptor(StoredPasskey existing) {
        return new JsonObject()
                .put("type", TYPE)
                .put("id", base64(existing.credentialId().getBytes()))
                .put("transports", new JsonArray(existing.passkey().transports()));
    }

    /** What an authenticator keeps of a user and tells at the sign-in: the id, and nothing personal (14.6.1). */
    static byte[] handle(UUID userId) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(userId.getMostSignificantBits())
                .putLong(userId.getLeastSignificantBits())
                .array();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
