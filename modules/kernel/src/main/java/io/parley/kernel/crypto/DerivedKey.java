package io.parley.kernel.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA256 (RFC 2104) that is derived from the signing key, so that one secret can serve several purposes and
 * what is known of one purpose's key says nothing about the others.
 */
public final class DerivedKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final Key key;

    /** @param purpose a text that no other purpose uses; every node derives the same key from the same text */
    public DerivedKey(Secret signingKey, String purpose) {
        var whole = new SecretKeySpec(signingKey.value().getBytes(UTF_8), ALGORITHM);
        this.key = new SecretKeySpec(mac(whole).doFinal(purpose.getBytes(UTF_8)), ALGORITHM);
    }

    /** For input that arrives in parts. */
    public Mac newMac() {
        return mac(key);
    }

    /** The MAC of the bytes, 32 bytes long. */
    public byte[] mac(byte[] bytes) {
        return newMac().doFinal(bytes);
    }

    private static Mac mac(Key key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, failure);
        }
    }
}
