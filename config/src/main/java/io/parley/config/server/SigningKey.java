package io.parley.config.server;

import io.parley.config.settings.JwtSettings;
import io.parley.kernel.Secret;
import io.parley.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that signs access tokens if no setting gives one: created once and kept in the data directory. */
final class SigningKey {
    /** Creates the file if it is missing, readable by its owner only. Fails with {@link StartException}. */
    static Secret readOrCreate(Path dataDir) {
        var file = dataDir.resolve("jwt.secret");
        try {
            if (Files.notExists(file)) create(file);
            var key = new Secret(Files.readString(file).strip());
            if (JwtSettings.isLongEnough(key)) return key;
        } catch (IOException failure) {
            throw new StartException("cannot read or create the signing key " + file + ": " + failure, failure);
        }
        throw new StartException(
                "the signing key " + file + " is shorter than " + JwtSettings.MIN_SECRET_BYTES + " bytes");
    }

    private static void create(Path file) throws IOException {
        var random = new byte[JwtSettings.MIN_SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        SecretFile.write(
                file, new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random)));
    }

    private SigningKey() {}
}
