package io.parley.testing.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

/** The RSA keys of this process, used again after their provider is closed: to make one takes up to a second. */
final class SigningKeys {
    private static final int BITS = 2048;
    private static final Queue<RSAKey> unused = new ArrayDeque<>();

    /** One that no other provider uses meanwhile. */
    static synchronized RSAKey take() {
        var key = unused.poll();
        return key == null ? generate() : key;
    }

    static synchronized void giveBack(RSAKey key) {
        unused.add(key);
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private SigningKeys() {}
}
