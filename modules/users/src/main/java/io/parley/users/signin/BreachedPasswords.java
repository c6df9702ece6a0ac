package io.parley.users.signin;

import io.parley.kernel.crypto.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.fastfilter.xor.Xor8;

/**
 * The 474 743 passwords of at least eight characters among the million that appear most often in breaches. Kept as two filters of
 * one byte a password, which hash with different seeds: 1.2 MB that load in 5 ms, contain every one of them, and take about one
 * other password in 45 000 for one. The Xor16 of the same library would be one filter instead of two, but it cannot be stored.
 */
final class BreachedPasswords {
    static final String FILTER = "breached-passwords.xor8";

    private final Xor8 first;
    private final Xor8 second;

    private BreachedPasswords(Xor8 first, Xor8 second) {
        this.first = first;
        this.second = second;
    }

    /** Blocks to read the filters from the jar. */
    static BreachedPasswords load() {
        try (var filter = new BufferedInputStream(
                Objects.requireNonNull(BreachedPasswords.class.getResourceAsStream(FILTER), FILTER))) {
            return new BreachedPasswords(new Xor8(filter), new Xor8(filter));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param password in Unicode form NFKC and in lower case */
    boolean contains(String password) {
        long key = key(password);
        return first.mayContain(key) && second.mayContain(key);
    }

    static long key(String password) {
        return ByteBuffer.wrap(Sha256.of(password)).getLong();
    }
}
