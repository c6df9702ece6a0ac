package io.parley.gateway.contract;

import io.parley.kernel.Caller;
import java.time.Instant;
import java.util.UUID;

/**
 * Who sent a request.
 *
 * @param sessionId the id of the session, or of the token if it is no session's
 * @param expiresAt when the token that proved it expires
 * @param isSession whether a person has signed in; other tokens do not manage the account
 */
public record Identity(Caller caller, UUID sessionId, Instant expiresAt, boolean isSession) {
    /** Somebody who has signed in. */
    public Identity(Caller caller, UUID sessionId, Instant expiresAt) {
        this(caller, sessionId, expiresAt, true);
    }
}
