package io.parley.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Adds a health check to an image that Jib has written as a docker-archive, because Jib has no setting for one. */
public final class ImageHealthcheck {
    private static final String CONFIGURATION = "config.json";

    /** How Jib's JSON names the part of the configuration that a container gets. */
    private static final String CONTAINER = "\"config\":{";

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** The command itself ends within three. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The first start makes a database, and on a slow machine needs most of a minute. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final int RETRIES = 3;

    /** @param arguments the archive, which is replaced, and the words of the command */
    public static void main(String[] arguments) throws IOException {
        add(Path.of(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    static void add(Path image, String... command) throws IOException {
        var changed = image.resolveSibling(image.getFileName() + ".part");
        try (var in = new TarArchiveInputStream(Files.newInputStream(image));
                var out = new TarArchiveOutputStream(Files.newOutputStream(changed))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(CONFIGURATION))
                    put(out, withHealthcheck(new String(in.readAllBytes(), UTF_8), command));
                else {
                    out.putArchiveEntry(entry);
                    in.transferTo(out);
                    out.closeArchiveEntry();
                }
            }
        }
        Files.move(changed, image, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void put(TarArchiveOutputStream out, String configuration) throws IOException {
        var bytes = configuration.getBytes(UTF_8);
        var entry = new TarArchiveEntry(CONFIGURATION);
        entry.setModTime(0);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static String withHealthcheck(String configuration, String... command) throws IOException {
        int at = configuration.indexOf(CONTAINER);
        if (at < 0 || configuration.indexOf(CONTAINER, at + 1) >= 0)
            throw new IOException("The configuration of the image is not as Jib writes it: " + configuration);
        int inside = at + CONTAINER.length();
        return configuration.substring(0, inside) + healthcheck(command) + "," + configuration.substring(inside);
    }

    private static String healthcheck(String... command) {
        var words = Arrays.stream(command).map(word -> "\"" + word + "\"").collect(Collectors.joining(","));
        return "\"Healthcheck\":{\"Test\":[\"CMD\",%s],\"Interval\":%d,\"Timeout\":%d,\"StartPeriod\":%d,\"Retries\":%d}"
                .formatted(words, INTERVAL.toNanos(), TIMEOUT.toNanos(), START.toNanos(), RETRIES);
    }

    private ImageHealthcheck() {}
}
