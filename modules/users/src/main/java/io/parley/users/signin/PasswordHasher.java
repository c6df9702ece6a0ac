package io.parley.users.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and verifies passwords on worker threads of their own, so many at once and so many waiting at most. Argon2id
 * with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet), in the PHC string format.
 */
public final class PasswordHasher {
    private static final Argon2Function argon2 = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger pending = new AtomicInteger();
    private final WorkerExecutor workers;
    private final int most;

    public PasswordHasher(Vertx vertx, PasswordSettings settings) {
        this.workers = vertx.createSharedWorkerExecutor("passwords", settings.workers());
        this.most = settings.workers() + settings.queue();
    }

    public Future<String> hash(Secret password) {
        return bounded(
                () -> argon2.hash(normal(password).getBytes(UTF_8), salt()).getResult());
    }

    public Future<Boolean> matches(Secret password, String hash) {
        return bounded(() -> Argon2Function.getInstanceFromHash(hash).check(normal(password), hash));
    }

    /** Costs what {@link #matches} costs and is never true: for an account that is not there. */
    public Future<Boolean> matchesNothing(Secret password) {
        return hash(password).map(false);
    }

    /** Whether the hash was made with other parameters than today's. */
    public boolean isOutdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(argon2);
    }

    private <T> Future<T> bounded(Callable<T> work) {
        if (pending.incrementAndGet() > most) {
            pending.decrementAndGet();
            return Future.failedFuture(Problem.unavailable());
        }
        return workers.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    // Keyboards differ in how they compose the same characters (NIST SP 800-63B, 3.1.1.2).
    private static String normal(Secret password) {
        return Normalizer.normalize(password.value(), Normalizer.Form.NFKC);
    }

    private byte[] salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }
}
