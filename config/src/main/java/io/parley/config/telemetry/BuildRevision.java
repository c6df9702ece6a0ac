package io.parley.config.telemetry;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarFile;

/** The commit that the running jar was built from, as the build wrote it into the jar's manifest. */
public final class BuildRevision {
    /** Of sources without their history, and of classes that are in no jar. */
    public static final String UNKNOWN = "unknown";

    private static final String ATTRIBUTE = "Implementation-Revision";

    /** The whole hash in hex digits, or {@link #UNKNOWN}. Reads a file. */
    public static String current() {
        try {
            var source = BuildRevision.class.getProtectionDomain().getCodeSource();
            return source == null ? UNKNOWN : of(Path.of(source.getLocation().toURI()));
        } catch (IOException | URISyntaxException unreadable) {
            return UNKNOWN;
        }
    }

    static String of(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) return UNKNOWN;
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var revision =
                    manifest == null ? null : manifest.getMainAttributes().getValue(ATTRIBUTE);
            return Objects.requireNonNullElse(revision, UNKNOWN);
        }
    }

    private BuildRevision() {}
}
