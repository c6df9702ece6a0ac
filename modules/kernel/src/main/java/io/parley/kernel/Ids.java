package io.parley.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;

/** Identifiers: UUIDs, of version 7 (RFC 9562, 5.7) if Parley creates them. */
public final class Ids {
    private static final String FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /** A new identifier, greater than those made before it in this process. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** The identifier that replaces another one within a namespace, the same every time (version 5, RFC 9562, 5.5). */
    public static UUID within(UUID namespace, UUID id) {
        return within(namespace, id.toString());
    }

    /** The identifier of a name within a namespace. */
    public static UUID within(UUID namespace, String name) {
        return UuidCreator.getNameBasedSha1(namespace, name);
    }

    /** Reads the 36-character form only: {@link UUID#fromString} would read {@code 1-1-1-1-1} as another identifier. */
    public static Optional<UUID> parse(String text) {
        return isWellFormed(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    // Every request contains identifiers, and a pattern would take longer than everything else that is done with them.
    private static boolean isWellFormed(String text) {
        if (text.length() != FORM.length()) return false;
        for (int at = 0; at < FORM.length(); at++) {
            char c = text.charAt(at);
            if (FORM.charAt(at) == '-' ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) return false;
        }
        return true;
    }

    private Ids() {}
}
