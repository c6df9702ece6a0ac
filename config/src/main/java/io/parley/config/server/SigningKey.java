package io.parley.config.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.parley.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that signs access tokens, where no setting gives one: made once and kept in the data directory. */
public final class SigningKey {
    /** HS256 wants a key no shorter than its hash (RFC 7518, 3.2). */
    public static final int BYTES = 32;

    public static boolean longEnough(Secret key) {
        return key.value().getBytes(UTF_8).length >= BYTES;
    }

    /** Made where there is none yet, readable by its owner alone. Fails with {@link StartException}. */
    static Secret in(Path dataDir) {
        var file = dataDir.resolve("jwt.secret");
        try {
            if (Files.notExists(file)) make(file);
            var key = new Secret(Files.readString(file).strip());
            if (longEnough(key)) return key;
        } catch (IOException failure) {
            throw new StartException("the signing key " + file + " cannot be used: " + failure, failure);
        }
        throw new StartException("the signing key " + file + " has fewer than " + BYTES + " bytes");
    }

    private static void make(Path file) throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        SecretFile.write(
                file, new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random)));
    }

    private SigningKey() {}
}
