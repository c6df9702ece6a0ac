package io.parley.storage.sealing;

import io.parley.kernel.Patch;
import io.parley.storage.Parameters;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an UPDATE makes of the texts of a row: of their columns in a clear row, of {@code sealed} in a sealed one.
 *
 * @param patches by their columns; all absent if the row is sealed
 * @param sealed null unless the row is sealed
 * @param sealedBefore what {@code sealed} must still be; null in a clear row
 */
public record TextChanges(
        Map<String, Patch<String>> patches,
        @Nullable Buffer sealed,
        @Nullable Buffer sealedBefore) {
    /** An assignment of the UPDATE. */
    public static final String SET_SEALED = "sealed = coalesce(#{sealed}::bytea, sealed)";

    /** A condition of the UPDATE: the row is as it was when these changes were made. */
    public static final String IS_UNCHANGED =
            "(NOT #{sets_texts} OR sealed IS NOT DISTINCT FROM #{sealed_before}::bytea)";

    /** Adds {@code sets_name} and {@code name} of each patch, and what the two texts above name. */
    public Parameters addTo(Parameters parameters) {
        patches.forEach(parameters::patch);
        return parameters
                .and("sets_texts", sealed != null || patches.values().stream().anyMatch(Patch::present))
                .and("sealed", sealed)
                .and("sealed_before", sealedBefore);
    }
}
