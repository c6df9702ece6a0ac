package io.parley.kernel;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Identifiers: UUIDs, version 7 (RFC 9562, 5.7) where they are made here. */
public final class Ids {
    // What attempts leave over is purged within hours, and that many may fail until then.
    private static final int STAND_INS = 16;

    private static final String FORM = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    /** A new identifier, greater than those made before it in this process. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** What stands for the identifier within a namespace: always the same, and no other one's (version 5, RFC 9562, 5.5). */
    public static UUID within(UUID namespace, UUID id) {
        return within(namespace, id.toString());
    }

    /** The identifier of a name within a namespace. */
    public static UUID within(UUID namespace, String name) {
        return UuidCreator.getNameBasedSha1(namespace, name);
    }

    /**
     * The identifier itself, then those that stand for it within a namespace, in the order in which to try them: it may be
     * somebody else's, and one that stands for it may be left over from an attempt that failed.
     */
    public static UUID[] standIns(UUID namespace, UUID id) {
        return Stream.iterate(id, each -> within(namespace, each))
                .limit(STAND_INS)
                .toArray(UUID[]::new);
    }

    /** The 36-character form alone: {@link UUID#fromString} would take {@code 1-1-1-1-1} for another identifier. */
    public static Optional<UUID> parse(String text) {
        return isOfTheForm(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    // Every request has some of them, and a pattern would take longer than all else that is done with them.
    private static boolean isOfTheForm(String text) {
        if (text.length() != FORM.length()) return false;
        for (int at = 0; at < FORM.length(); at++) {
            char c = text.charAt(at);
            if (FORM.charAt(at) == '-' ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) return false;
        }
        return true;
    }

    private Ids() {}
}
