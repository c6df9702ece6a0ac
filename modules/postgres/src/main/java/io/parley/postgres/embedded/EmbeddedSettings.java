package io.parley.postgres.embedded;

import java.nio.file.Path;

/**
 * The settings of the embedded server.
 *
 * @param dataDirectory folder of its data, its password and its log
 * @param binaries folder that its programs are unpacked into, once for each version
 * @param port on 127.0.0.1; 0 for any free port
 * @param durable whether committed transactions survive a crash; only tests may do without
 * @param sharedBuffersBytes memory for pages of tables and indexes; 0 leaves it to PostgreSQL, which takes 128 MB
 */
public record EmbeddedSettings(Path dataDirectory, Path binaries, int port, boolean durable, long sharedBuffersBytes) {
    public EmbeddedSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        binaries = binaries.toAbsolutePath().normalize();
    }

    public EmbeddedSettings(Path dataDirectory, Path binaries, int port, boolean durable) {
        this(dataDirectory, binaries, port, durable, 0);
    }

    /** Durable, on a free port, everything within the data directory. */
    public static EmbeddedSettings in(Path dataDirectory) {
        return new EmbeddedSettings(dataDirectory, dataDirectory, 0, true);
    }

    public EmbeddedSettings withPort(int other) {
        return new EmbeddedSettings(dataDirectory, binaries, other, durable, sharedBuffersBytes);
    }

    public EmbeddedSettings withSharedBuffers(long bytes) {
        return new EmbeddedSettings(dataDirectory, binaries, port, durable, bytes);
    }
}
