package io.parley.config.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import java.util.Optional;

/**
 * How access tokens are signed.
 *
 * @param secret the signing key; empty uses the one in the data directory
 */
public record JwtSettings(Optional<Secret> secret, String issuer, String audience) {
    /** HS256 requires a key at least as long as its hash (RFC 7518, 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    static JwtSettings read(SettingValues values) {
        return new JwtSettings(readSecret(values), values.required("jwt.issuer"), values.required("jwt.audience"));
    }

    private static Optional<Secret> readSecret(SettingValues values) {
        var secret = values.secret("jwt.secret");
        if (secret.isPresent() && !isLongEnough(secret.get()))
            throw values.invalid("jwt.secret", "must have at least " + MIN_SECRET_BYTES + " bytes");
        return secret;
    }

    public static boolean isLongEnough(Secret secret) {
        return secret.value().getBytes(UTF_8).length >= MIN_SECRET_BYTES;
    }
}
