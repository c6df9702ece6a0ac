package io.parley.contracts.users;

import io.parley.kernel.Problem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The time zones that a user can have: the names {@code Area/Location} of the IANA time zone database, and UTC. */
public final class TimeZones {
    public static final String DEFAULT = "UTC";

    // Abbreviations and offsets are left out, because they do not say when the clock changes. SystemV/ is the JDK's
    // own.
    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> (name.contains("/") && !name.startsWith("SystemV/")) || name.equals(DEFAULT))
            .collect(Collectors.toUnmodifiableSet());

    /** Fails invalid, pointing at the field, unless the text is the exact name of a time zone or null. */
    public static void check(String pointer, @Nullable String name) {
        if (name != null && !NAMES.contains(name))
            throw Problem.invalid(
                    pointer, "must be the name of a time zone in the IANA database, for example Europe/Berlin, or UTC");
    }

    /** The rules of a checked name; UTC if only a node with a newer time zone database knows it. */
    public static ZoneId rules(String name) {
        return NAMES.contains(name) ? ZoneId.of(name) : ZoneOffset.UTC;
    }

    private TimeZones() {}
}
