package io.parley.users.factors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.parley.contracts.users.SecondFactors.TotpSecret;
import io.parley.kernel.Secret;
import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes of authenticator apps (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds, which is what every app can do. The code of the
 * step before or after is accepted, too, because clocks differ (RFC 6238, 5.2).
 */
final class Totp {
    private static final String ISSUER = "Parley";
    private static final Duration STEP = Duration.ofSeconds(30);

    /** RFC 4226, section 4, recommends 160 bits. */
    private static final int SECRET_BYTES = 20;

    private static final SecureRandom random = new SecureRandom();
    private static final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator(STEP, 6);

    /** @param email what authenticator apps show beside the name of the server */
    static TotpSecret create(String email) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = new Base32().encodeAsString(bytes);
        var label = URLEncoder.encode(email, UTF_8).replace("+", "%20");
        return new TotpSecret(
                new Secret(secret),
                new Secret("otpauth://totp/" + ISSUER + ":" + label + "?secret=" + secret + "&issuer=" + ISSUER
                        + "&algorithm=SHA1&digits=6&period=" + STEP.toSeconds()));
    }

    /** The number of the step whose code this is; empty if it is not that of now or of a neighbour. */
    static OptionalLong step(Secret secret, Secret code, Instant now) {
        var key = new SecretKeySpec(new Base32().decode(secret.value()), generator.getAlgorithm());
        long current = now.getEpochSecond() / STEP.toSeconds();
        return LongStream.of(current, current - 1, current + 1)
                .filter(step -> matches(key, code, step))
                .findFirst();
    }

    private static boolean matches(SecretKeySpec key, Secret code, long step) {
        try {
            var expected = generator.generateOneTimePasswordString(key, Instant.EPOCH.plus(STEP.multipliedBy(step)));
            return MessageDigest.isEqual(expected.getBytes(UTF_8), code.value().getBytes(UTF_8));
        } catch (InvalidKeyException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Totp() {}
}
