package io.parley.contracts;

import io.parley.kernel.Ids;
import java.util.UUID;
import java.util.stream.Stream;

/** The ids under which an imported conversation or task may be stored. */
public final class ImportIds {
    // A failed attempt occupies one candidate until the purge removes it, within hours: this many may fail until then.
    private static final int CANDIDATES = 16;

    /**
     * The original id, then its replacements for this user, in the order in which to try them. The same arguments always give
     * the same ids. A replacement is needed if a failed import of this user has left a row under the id before it.
     */
    public static UUID[] candidates(UUID userId, UUID originalId) {
        return Stream.iterate(originalId, id -> Ids.within(userId, id))
                .limit(CANDIDATES)
                .toArray(UUID[]::new);
    }

    private ImportIds() {}
}
