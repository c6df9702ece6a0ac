package io.parley.storage.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.parley.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * AES-256-GCM keys. The primary key encrypts, every key decrypts. A ciphertext begins with Tink's prefix of its key: the
 * byte 1 and the four bytes of the key's id.
 */
public final class Keyset {
    private static final int PREFIX_LENGTH = 5;
    private static final byte PREFIX_START = 1;
    private static final Configuration tink = AeadConfig2026.get();

    private final KeysetHandle keys;
    private final Aead aead;

    private Keyset(KeysetHandle keys) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(tink, Aead.class);
    }

    public static Keyset generate() {
        try {
            return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, tink));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    /**
     * Parses Tink's JSON form. Fails with {@link KeysetException}.
     *
     * @param source where the text comes from, for the error message
     */
    static Keyset parse(Secret text, String source) {
        try {
            var keys = TinkJsonProtoKeysetFormat.parseKeyset(text.value(), tink, InsecureSecretKeyAccess.get());
            if (hasOnlyAes256Gcm(keys)) return new Keyset(keys);
        } catch (GeneralSecurityException | RuntimeException damaged) {
            throw new KeysetException(source + " is not a keyset in Tink's JSON form, or it is damaged");
        }
        throw new KeysetException(source + " must contain only AES256_GCM keys with Tink's prefix");
    }

    @AccessesPartialKey
    private static boolean hasOnlyAes256Gcm(KeysetHandle keys) {
        for (int at = 0; at < keys.size(); at++) {
            if (!keys.getAt(at).getKey().getParameters().equals(PredefinedAeadParameters.AES256_GCM)) return false;
        }
        return true;
    }

    public Secret text() {
        try {
            return new Secret(TinkJsonProtoKeysetFormat.serializeKeyset(keys, tink, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the keys were checked or generated here", impossible);
        }
    }

    /** The same keys and a new primary key. */
    public Keyset withNewPrimary() {
        var primary = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
        try {
            return new Keyset(KeysetHandle.newBuilder(keys)
                    .setConfiguration(tink)
                    .addEntry(primary)
                    .build());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the keys were checked or generated here", impossible);
        }
    }

    public int size() {
        return keys.size();
    }

    public byte[] encrypt(byte[] plain, byte[] associatedData) throws GeneralSecurityException {
        return aead.encrypt(plain, associatedData);
    }

    public byte[] decrypt(byte[] encrypted, byte[] associatedData) throws GeneralSecurityException {
        return aead.decrypt(encrypted, associatedData);
    }

    /** Another keyset, encrypted with the primary key of this one, in Tink's binary form. */
    public byte[] wrap(Keyset other, byte[] associatedData) {
        try {
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(other.keys, aead, associatedData, tink);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the keys were checked or generated here", impossible);
        }
    }

    /** Fails with {@link GeneralSecurityException} if no key of this one has wrapped it with these data. */
    public Keyset unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
        return new Keyset(TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, aead, associatedData, tink));
    }

    /** The first bytes of every ciphertext of the primary key. */
    public byte[] prefix() {
        return prefix(keys.getPrimary().getId());
    }

    /** Whether the keyset has the key of this ciphertext. */
    public boolean contains(byte[] encrypted) {
        var prefix = Arrays.copyOf(encrypted, PREFIX_LENGTH);
        for (int at = 0; at < keys.size(); at++) {
            if (Arrays.equals(prefix, prefix(keys.getAt(at).getId()))) return true;
        }
        return false;
    }

    private static byte[] prefix(int keyId) {
        return ByteBuffer.allocate(PREFIX_LENGTH)
                .put(PREFIX_START)
                .putInt(keyId)
                .array();
    }
}
