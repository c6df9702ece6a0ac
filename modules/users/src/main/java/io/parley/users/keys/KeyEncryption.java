package io.parley.users.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.keys.Keyset;
import io.parley.storage.keys.KeysetException;
import io.parley.storage.keys.KeysetHolder;
import io.parley.storage.keys.KeysetSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts provider keys and the secrets of TOTP. The ids of the owner and the row are associated data, so that a ciphertext cannot be decrypted in
 * another row or for another user. Fails unavailable if the keyset is missing or damaged; the log has the reason.
 */
public final class KeyEncryption {
    private static final Logger log = LoggerFactory.getLogger(KeyEncryption.class);

    private final Vertx vertx;
    private final KeysetHolder keysets;

    private KeyEncryption(Vertx vertx, KeysetHolder keysets) {
        this.vertx = vertx;
        this.keysets = keysets;
    }

    /** Blocks to read the file, which is created if it is missing. Fails with {@link KeysetException}. */
    public static KeyEncryption open(Vertx vertx, KeysetSettings settings) {
        return new KeyEncryption(vertx, KeysetHolder.open(settings));
    }

    /** The keyset as it is in the file now. */
    Future<Keyset> current() {
        return blocking(keysets::current);
    }

    Future<Keyset> rotate() {
        return blocking(keysets::rotate);
    }

    public Future<Buffer> encrypt(CiphertextBinding binding, Secret key) {
        return current().map(keyset -> encrypt(keyset, binding, key));
    }

    Buffer encrypt(Keyset keyset, CiphertextBinding binding, Secret key) {
        try {
            return Buffer.buffer(keyset.encrypt(key.value().getBytes(UTF_8), binding.associatedData()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot encrypt a secret", failure);
        }
    }

    /** Fails conflict if no key of the keyset decrypts it. */
    public Future<Secret> decrypt(StoredSecret stored) {
        var loaded = keysets.loaded();
        return loaded.contains(stored.ciphertext().getBytes())
                ? Future.succeededFuture(decrypt(loaded, stored))
                : current().map(keyset -> decrypt(keyset, stored));
    }

    private static Secret decrypt(Keyset keyset, StoredSecret stored) {
        var binding = stored.binding();
        try {
            return new Secret(
                    new String(keyset.decrypt(stored.ciphertext().getBytes(), binding.associatedData()), UTF_8));
        } catch (GeneralSecurityException failure) {
            log.error("The secret {} cannot be decrypted with any key of the keyset", binding.id());
            throw Problem.conflict("", "The stored key can no longer be decrypted. Store it again.");
        }
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false).recover(KeyEncryption::problem);
    }

    private static <T> Future<T> problem(Throwable failure) {
        if (!(failure instanceof KeysetException)) return Future.failedFuture(failure);
        log.error("The keyset cannot be used: {}", failure.getMessage());
        return Future.failedFuture(Problem.unavailable());
    }
}
