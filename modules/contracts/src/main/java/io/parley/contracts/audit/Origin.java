package io.parley.contracts.audit;

import io.parley.contracts.users.Users.Client;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from.
 *
 * @param sessionId the session that asked for it
 */
public record Origin(@Nullable UUID sessionId, Client client) {
    /** The command line, or the server itself. */
    public static final Origin LOCAL = new Origin(null, new Client(null, null));

    public static Origin of(Client client) {
        return new Origin(null, client);
    }
}
