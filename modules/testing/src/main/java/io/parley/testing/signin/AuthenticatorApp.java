package io.parley.testing.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * An app that shows codes (TOTP).
 *
 * @param secret in base32
 */
public record AuthenticatorApp(String secret) {
    private static final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();

    /** The code of now. */
    public String code() {
        return code(0);
    }

    /** The code that follows, which a server accepts as well, and still does half a minute later. */
    public String nextCode() {
        return code(1);
    }

    /** @param steps from now */
    public String code(int steps) {
        try {
            var key = new SecretKeySpec(new Base32().decode(secret), generator.getAlgorithm());
            var time = Instant.now().plus(generator.getTimeStep().multipliedBy(steps));
            return generator.generateOneTimePasswordString(key, time);
        } catch (InvalidKeyException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
