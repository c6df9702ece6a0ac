package io.parley.users.factors;

import static io.parley.contracts.users.SecondFactors.RECOVERY_CODES;

import io.parley.contracts.users.SecondFactors.RecoveryCodes;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.users.signin.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes and hashes recovery codes. They have 49 bits, fewer than the 112 that a fast hash would do for (OWASP ASVS 5.0, 6.5.2), so they
 * are hashed like passwords.
 */
final class CodeHashes {
    /** Without characters that are easily taken for another one. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int HALF = 5;
    private static final SecureRandom random = new SecureRandom();

    private final PasswordHasher hasher;

    CodeHashes(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    /** New codes and what is stored of them. */
    record Hashed(RecoveryCodes codes, Buffer salt, List<Buffer> hashes) {}

    Future<Hashed> create(ClientNetwork client) {
        var codes = Stream.generate(CodeHashes::code).limit(RECOVERY_CODES).toList();
        var salt = Buffer.buffer(hasher.salt());
        return hasher.hashAll(codes, salt, client).map(hashes -> new Hashed(new RecoveryCodes(codes), salt, hashes));
    }

    Future<Buffer> hash(Secret code, Buffer salt, ClientNetwork client) {
        var typed = new Secret(code.value().toLowerCase(Locale.ROOT));
        return hasher.hashAll(List.of(typed), salt, client).map(hashes -> hashes.get(0));
    }

    private static Secret code() {
        return new Secret(half() + "-" + half());
    }

    private static String half() {
        return IntStream.range(0, HALF)
                .mapToObj(each -> String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length()))))
                .collect(Collectors.joining());
    }
}
