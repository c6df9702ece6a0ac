package io.parley.users.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords with Argon2id at a {@link PasswordCost}, in the PHC string format. Runs on worker threads of
 * its own, where addresses take turns; fails overloaded if too many passwords are waiting.
 */
public final class PasswordHasher {
    // For random secrets of 49 bits or more: at 2 ms for each guess, a core needs 18 000 years. Hashed as passwords,
    // ten recovery codes would keep others waiting for a second.
    private static final Argon2Function argon2ForRandom = Argon2Function.getInstance(4 * 1024, 1, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final Argon2Function argon2;
    private final HashWorkers workers;

    public PasswordHasher(Vertx vertx, PasswordSettings settings) {
        var cost = settings.cost();
        this.argon2 = Argon2Function.getInstance(cost.kibibytes(), cost.passes(), 1, 32, Argon2.ID);
        this.workers = new HashWorkers(vertx, settings);
    }

    Future<String> hash(Secret password, ClientNetwork client) {
        return workers.run(
                client,
                () -> argon2.hash(normalized(password.value()).getBytes(UTF_8), salt())
                        .getResult());
    }

    /** @param hash null if there is no password, which takes as long */
    Future<Boolean> matches(Secret password, @Nullable String hash, ClientNetwork client) {
        if (hash == null) return matchesNothing(password, client);
        return workers.run(
                client, () -> Argon2Function.getInstanceFromHash(hash).check(normalized(password.value()), hash));
    }

    /** Takes as long as {@link #matches} and is always false, for an account that does not exist. */
    Future<Boolean> matchesNothing(Secret password, ClientNetwork client) {
        return hash(password, client).map(false);
    }

    /**
     * Hashes random secrets that are too short for a fast hash, with a salt that is stored beside them, so that equal secrets have equal
     * hashes of 32 bytes.
     *
     * @param salt from {@link #salt}
     */
    public Future<List<Buffer>> hashAll(List<Secret> secrets, Buffer salt, ClientNetwork client) {
        return workers.run(
                client,
                () -> secrets.stream()
                        .map(secret -> argon2ForRandom.hash(secret.value().getBytes(UTF_8), salt.getBytes()))
                        .map(hash -> Buffer.buffer(hash.getBytes()))
                        .toList());
    }

    /** Whether the hash was made with parameters other than the current ones. */
    boolean isOutdated(@Nullable String hash) {
        return hash != null && !Argon2Function.getInstanceFromHash(hash).equals(argon2);
    }

    /** In the form that is hashed: keyboards encode the same character in different ways (NIST SP 800-63B-4, 3.1.1.2). */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    public byte[] salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
