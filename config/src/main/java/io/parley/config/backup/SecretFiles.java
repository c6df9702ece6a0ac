package io.parley.config.backup;

import io.parley.kernel.Secret;
import io.parley.kernel.SecretFile;
import io.parley.storage.backup.BackupException;
import io.parley.storage.backup.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files in the data directory without which its database is of little use. */
public record SecretFiles(Path directory) {
    private static final String KEYSET = "keyset.json";
    private static final String JWT_SECRET = "jwt.secret";

    /** Fails with {@link BackupException}. */
    public Secrets read() {
        return new Secrets(read(KEYSET), read(JWT_SECRET));
    }

    private @Nullable Secret read(String name) {
        var file = directory.resolve(name);
        try {
            return Files.exists(file) ? new Secret(Files.readString(file)) : null;
        } catch (IOException failure) {
            throw new BackupException("cannot read the file " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Fails with {@link BackupException} if there are others already. */
    void requireNoOthers(Secrets secrets) {
        requireNoOther(KEYSET, secrets.keyset());
        requireNoOther(JWT_SECRET, secrets.jwtSecret());
    }

    private void requireNoOther(String name, @Nullable Secret expected) {
        var found = read(name);
        if (found != null && expected != null && !found.value().equals(expected.value()))
            throw new BackupException("the data directory " + directory + " holds another " + name
                    + " than the backup: move it away, or choose another data.dir");
    }

    void write(Secrets secrets) {
        write(KEYSET, secrets.keyset());
        write(JWT_SECRET, secrets.jwtSecret());
    }

    private void write(String name, @Nullable Secret secret) {
        if (secret == null) return;
        try {
            SecretFile.write(directory.resolve(name), secret);
        } catch (IOException failure) {
            throw new BackupException(
                    "cannot write the file " + directory.resolve(name) + ": " + failure.getMessage(), failure);
        }
    }
}
