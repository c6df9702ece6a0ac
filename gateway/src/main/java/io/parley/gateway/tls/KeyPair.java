package io.parley.gateway.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;

/** A certificate and a private key that belong together. */
public record KeyPair(Buffer certificate, Buffer key) {
    private static final byte[] PROBE = {1, 2, 3};

    /** Fails with {@link IllegalArgumentException} if they cannot be read or do not belong together. */
    static KeyPair of(Buffer certificate, Buffer key) {
        var pair = new KeyPair(certificate, key);
        if (!pair.belongsTogether())
            throw new IllegalArgumentException("the private key is not that of the first certificate");
        return pair;
    }

    private boolean belongsTogether() {
        try {
            var store = options().getHelper(null).store();
            var alias = Collections.list(store.aliases()).get(0);
            var entry = (PrivateKey) store.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray());
            return signs(entry, store.getCertificate(alias).getPublicKey());
        } catch (GeneralSecurityException | IllegalArgumentException mismatch) {
            return false;
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(
                    "the certificate or the private key is no PEM that can be read", unreadable);
        }
    }

    private static boolean signs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) return false;
        var signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(PROBE);
        var signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }
}
