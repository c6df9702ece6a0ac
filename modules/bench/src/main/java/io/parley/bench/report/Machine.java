package io.parley.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Describes the machine of the measurement. */
final class Machine {
    static String describe() throws IOException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %s %s, Java %s, load before %.1f",
                system.getAvailableProcessors(),
                processor(),
                system.getName(),
                release(system.getVersion()),
                System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    // Without the suffix of the distribution.
    private static String release(String version) {
        return version.replaceAll("^(\\d+\\.\\d+).*", "$1");
    }

    private static String processor() throws IOException {
        var description = Path.of("/proc/cpuinfo");
        if (!Files.exists(description)) return System.getProperty("os.arch");
        return Files.readAllLines(description).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private Machine() {}
}
