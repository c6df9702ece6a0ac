package io.parley.postgres.embedded;

import io.parley.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The generated password of the embedded server: 256 random bits in a file that its owner alone can read. */
final class PasswordFile {
    private static final int BYTES = 32;

    static Path in(Path dataDirectory) {
        return dataDirectory.resolve("postgres.password");
    }

    static Secret read(Path dataDirectory) throws IOException {
        return new Secret(Files.readString(in(dataDirectory)).strip());
    }

    static Secret readOrMake(Path dataDirectory) throws IOException {
        if (!Files.exists(in(dataDirectory))) make(dataDirectory);
        return read(dataDirectory);
    }

    // Created with its mode and renamed when complete: never readable by others, never half written.
    private static void make(Path dataDirectory) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var unfinished = Files.createTempFile(dataDirectory, ".password-", "", ownerOnly);
        Files.writeString(unfinished, HexFormat.of().formatHex(random));
        Files.move(unfinished, in(dataDirectory), StandardCopyOption.ATOMIC_MOVE);
    }

    private PasswordFile() {}
}
