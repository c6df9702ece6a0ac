package io.parley.config.settings;

import com.sun.management.OperatingSystemMXBean;
import io.parley.config.settings.sources.SettingValues;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** How much memory the embedded PostgreSQL takes for pages of tables and indexes. */
final class SharedBuffers {
    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST_BY_DEFAULT = 128 * MEGABYTE;
    private static final long MOST_BY_DEFAULT = 2048 * MEGABYTE;

    /** Of the memory of the machine or container: the JVM and the page cache need theirs, too. */
    private static final int SHARE_BY_DEFAULT = 8;

    /** PostgreSQL starts with less, but no statement is fast then. */
    private static final long LEAST = 16 * MEGABYTE;

    // As PostgreSQL writes sizes, whose units are powers of 1024.
    private static final Pattern SIZE = Pattern.compile("(\\d{1,7})(kB|MB|GB)");
    private static final Map<String, Long> UNITS = Map.of("kB", 1024L, "MB", MEGABYTE, "GB", 1024 * MEGABYTE);

    /** In bytes. */
    static long read(SettingValues values, String key) {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        var text = values.optional(key);
        if (text.isEmpty()) return ofMemory(memory);
        var parts = SIZE.matcher(text.get());
        if (parts.matches()) {
            long bytes = Long.parseLong(parts.group(1)) * Objects.requireNonNull(UNITS.get(parts.group(2)));
            if (bytes >= LEAST && bytes <= memory) return bytes;
        }
        throw values.invalid(
                key, "must be a size such as 512MB, from 16MB to the memory of " + memory / MEGABYTE + "MB");
    }

    static long ofMemory(long memory) {
        return Math.max(LEAST_BY_DEFAULT, Math.min(MOST_BY_DEFAULT, memory / SHARE_BY_DEFAULT));
    }

    private SharedBuffers() {}
}
