package io.parley.gateway.streams;

import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.Identity;
import io.parley.kernel.Caller;
import java.time.Instant;

/** A stay of somebody signed in, for answers that outlast the moment in which the token was checked. */
public final class StreamSession {
    private final Identity identity;
    private final EndedSessions ended;

    public StreamSession(Identity identity, EndedSessions ended) {
        this.identity = identity;
        this.ended = ended;
    }

    Caller caller() {
        return identity.caller();
    }

    /** Whether the token would be refused by now. */
    boolean isOver() {
        return ended.contains(identity.sessionId()) || !Instant.now().isBefore(identity.expiresAt());
    }
}
