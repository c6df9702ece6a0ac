package io.parley.storage.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.UUID;

/** The keys that seal what one user writes. */
public final class UserKey {
    private final UUID userId;
    private final Keyset keys;

    private UserKey(UUID userId, Keyset keys) {
        this.userId = userId;
        this.keys = keys;
    }

    static UserKey generate(UUID userId) {
        return new UserKey(userId, Keyset.generate());
    }

    /** Fails with {@link GeneralSecurityException} if it was wrapped by another keyset, or for another user. */
    public static UserKey unwrap(UUID userId, Keyset keyset, Buffer wrapped) throws GeneralSecurityException {
        return new UserKey(userId, keyset.unwrap(wrapped.getBytes(), boundTo(userId)));
    }

    public Buffer wrap(Keyset keyset) {
        return Buffer.buffer(keyset.wrap(keys, boundTo(userId)));
    }

    /** Whether the primary key of the keyset has wrapped it. Tink's form has the ciphertext, which names its key, after some bytes. */
    public static boolean isWrappedByPrimary(Keyset keyset, Buffer wrapped) {
        var prefix = keyset.prefix();
        var bytes = wrapped.getBytes();
        for (int at = 0; at + prefix.length <= bytes.length; at++)
            if (Arrays.equals(prefix, 0, prefix.length, bytes, at, at + prefix.length)) return true;
        return false;
    }

    /** The same keys and a new one, which seals from now on. */
    public UserKey withNewPrimary() {
        return new UserKey(userId, keys.withNewPrimary());
    }

    private static byte[] boundTo(UUID userId) {
        return ("user_key:" + userId).getBytes(UTF_8);
    }

    UUID userId() {
        return userId;
    }

    int size() {
        return keys.size();
    }

    boolean hasSealed(Buffer sealed) {
        return keys.contains(sealed.getBytes());
    }

    Buffer seal(Buffer plain, String table, String id) {
        try {
            return Buffer.buffer(keys.encrypt(plain.getBytes(), associatedData(table, id)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot seal a row of " + table, failure);
        }
    }

    Buffer open(Buffer sealed, String table, String id) throws GeneralSecurityException {
        return Buffer.buffer(keys.decrypt(sealed.getBytes(), associatedData(table, id)));
    }

    // A row that is moved to another table, user or id does not open.
    private byte[] associatedData(String table, String id) {
        return (table + ":" + userId + ":" + id).getBytes(UTF_8);
    }
}
