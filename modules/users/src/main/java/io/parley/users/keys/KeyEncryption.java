package io.parley.users.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts provider keys, each for its owner and its row: the ids of both are the associated data, so that a ciphertext
 * is worth nothing in another row or under another user. Fails unavailable where the keyset is missing or damaged; the
 * log has the reason.
 */
public final class KeyEncryption {
    private static final Logger log = LoggerFactory.getLogger(KeyEncryption.class);

    /** Whose and which row a provider key is. */
    record Place(UUID userId, UUID id) {
        byte[] associatedData() {
            return ByteBuffer.allocate(Long.BYTES * 4)
                    .putLong(userId.getMostSignificantBits())
                    .putLong(userId.getLeastSignificantBits())
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        }
    }

    private final Vertx vertx;
    private final KeysetHolder ring;

    public KeyEncryption(Vertx vertx, KeysetHolder ring) {
        this.vertx = vertx;
        this.ring = ring;
    }

    /** The keyset as the file has it now. */
    Future<Keyset> current() {
        return blocking(ring::current);
    }

    Future<Keyset> rotate() {
        return blocking(ring::rotate);
    }

    Future<Buffer> encrypt(Place place, Secret key) {
        return current().map(keyset -> encrypt(keyset, place, key));
    }

    Buffer encrypt(Keyset keyset, Place place, Secret key) {
        try {
            return Buffer.buffer(keyset.encrypt(key.value().getBytes(UTF_8), place.associatedData()));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("a provider key cannot be encrypted", failure);
        }
    }

    /** Fails conflict where no key of the keyset decrypts it. */
    Future<Secret> decrypt(Place place, Buffer encrypted) {
        var known = ring.known();
        return known.knows(encrypted.getBytes())
                ? Future.succeededFuture(decrypt(known, place, encrypted))
                : current().map(keyset -> decrypt(keyset, place, encrypted));
    }

    private static Secret decrypt(Keyset keyset, Place place, Buffer encrypted) {
        try {
            return new Secret(new String(keyset.decrypt(encrypted.getBytes(), place.associatedData()), UTF_8));
        } catch (GeneralSecurityException refused) {
            log.error("The provider key {} is not decrypted by the keyset", place.id());
            throw Problem.conflict("", "The stored key cannot be decrypted any more. Store it again.");
        }
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false).recover(KeyEncryption::problem);
    }

    private static <T> Future<T> problem(Throwable failure) {
        if (!(failure instanceof KeysetException)) return Future.failedFuture(failure);
        log.error("Provider keys cannot be encrypted or decrypted: {}", failure.getMessage());
        return Future.failedFuture(Problem.unavailable());
    }
}
