package io.parley.contracts;

import io.parley.kernel.Ids;
import java.util.UUID;
import java.util.stream.Stream;

/** The ids under which an imported conversation, message or task may be stored. */
public final class ImportIds {
    /** A failed attempt occupies one candidate until the purge removes it, within hours: this many may fail until then. */
    public static final int CANDIDATES = 16;

    /**
     * The original id, then its replacements for this user, in the order in which to try them. The same arguments always give
     * the same ids. A replacement is needed if this user has another row under the id before it, as a failed import leaves one.
     */
    public static UUID[] candidates(UUID userId, UUID originalId) {
        return Stream.iterate(originalId, id -> Ids.within(userId, id))
                .limit(CANDIDATES)
                .toArray(UUID[]::new);
    }

    private ImportIds() {}
}
