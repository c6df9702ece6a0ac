package io.parley.postgres.embedded;

import java.nio.file.Path;

/**
 * How the embedded server is run.
 *
 * @param dataDirectory where its data, its password and its log lie
 * @param binaries where its programs are unpacked, once for each version
 * @param port on 127.0.0.1; 0 takes a free one
 * @param durable whether what was acknowledged survives a crash; only tests may do without
 */
public record EmbeddedSettings(Path dataDirectory, Path binaries, int port, boolean durable) {
    public EmbeddedSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    /** Durable, on a free port, everything within the data directory. */
    public static EmbeddedSettings in(Path dataDirectory) {
        return new EmbeddedSettings(dataDirectory, dataDirectory, 0, true);
    }

    public EmbeddedSettings withPort(int other) {
        return new EmbeddedSettings(dataDirectory, binaries, other, durable);
    }
}
