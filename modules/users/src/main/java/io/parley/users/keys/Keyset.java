package io.parley.users.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.parley.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Keys for AES-256-GCM, one of which encrypts and all of which decrypt. A ciphertext begins with the id of its key, as
 * Tink writes it: a byte 1 and four bytes of id.
 */
final class Keyset {
    private static final int PREFIX_BYTES = 5;
    private static final byte VERSION = 1;
    private static final Configuration tink = AeadConfig2026.get();

    private final KeysetHandle keys;
    private final Aead aead;

    private Keyset(KeysetHandle keys) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(tink, Aead.class);
    }

    static Keyset generate() {
        try {
            return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, tink));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /**
     * From Tink's JSON form.
     *
     * @param where it comes from, for the message of a failure
     */
    static Keyset parse(Secret text, String where) {
        try {
            var keys = TinkJsonProtoKeysetFormat.parseKeyset(text.value(), tink, InsecureSecretKeyAccess.get());
            if (isOfOneKind(keys)) return new Keyset(keys);
        } catch (GeneralSecurityException | RuntimeException damaged) {
            throw new KeysetException(where + " is not a keyset in Tink's JSON form, or it is damaged");
        }
        throw new KeysetException(where + " must hold AES256_GCM keys with Tink's prefix alone");
    }

    @AccessesPartialKey
    private static boolean isOfOneKind(KeysetHandle keys) {
        for (int at = 0; at < keys.size(); at++) {
            if (!keys.getAt(at).getKey().getParameters().equals(PredefinedAeadParameters.AES256_GCM)) return false;
        }
        return true;
    }

    Secret text() {
        try {
            return new Secret(TinkJsonProtoKeysetFormat.serializeKeyset(keys, tink, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException ofKeysMadeHere) {
            throw new IllegalStateException(ofKeysMadeHere);
        }
    }

    /** The same keys and a new one that encrypts. */
    Keyset withNewPrimary() {
        var primary = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
        try {
            return new Keyset(KeysetHandle.newBuilder(keys)
                    .setConfiguration(tink)
                    .addEntry(primary)
                    .build());
        } catch (GeneralSecurityException ofKeysMadeHere) {
            throw new IllegalStateException(ofKeysMadeHere);
        }
    }

    int size() {
        return keys.size();
    }

    byte[] encrypt(byte[] plain, byte[] associatedData) throws GeneralSecurityException {
        return aead.encrypt(plain, associatedData);
    }

    byte[] decrypt(byte[] encrypted, byte[] associatedData) throws GeneralSecurityException {
        return aead.decrypt(encrypted, associatedData);
    }

    /** What every ciphertext of the key that encrypts begins with. */
    byte[] prefix() {
        return prefix(keys.getPrimary().getId());
    }

    /** Whether there is the key that made the ciphertext. */
    boolean knows(byte[] encrypted) {
        var prefix = Arrays.copyOf(encrypted, PREFIX_BYTES);
        for (int at = 0; at < keys.size(); at++) {
            if (Arrays.equals(prefix, prefix(keys.getAt(at).getId()))) return true;
        }
        return false;
    }

    private static byte[] prefix(int keyId) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(VERSION).putInt(keyId).array();
    }
}
