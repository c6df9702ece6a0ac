package io.parley.postgres.embedded;

import io.parley.kernel.Secret;
import io.parley.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The generated password of the embedded server: 256 random bits in a file that only its owner can read. */
final class PasswordFile {
    private static final int BYTES = 32;

    static Path in(Path dataDirectory) {
        return dataDirectory.resolve("postgres.password");
    }

    static Secret read(Path dataDirectory) throws IOException {
        return new Secret(Files.readString(in(dataDirectory)).strip());
    }

    static Secret readOrCreate(Path dataDirectory) throws IOException {
        if (!Files.exists(in(dataDirectory))) create(dataDirectory);
        return read(dataDirectory);
    }

    private static void create(Path dataDirectory) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        SecretFile.write(in(dataDirectory), new Secret(HexFormat.of().formatHex(random)));
    }

    private PasswordFile() {}
}
