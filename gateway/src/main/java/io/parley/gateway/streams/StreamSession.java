package io.parley.gateway.streams;

import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Identity;
import io.parley.kernel.Caller;
import java.time.Instant;

/** The session that a stream belongs to; a stream may outlast the token that it was requested with. */
public final class StreamSession {
    private final Identity identity;
    private final EndedSessions endedSessions;

    public StreamSession(Identity identity, EndedSessions endedSessions) {
        this.identity = identity;
        this.endedSessions = endedSessions;
    }

    public Caller caller() {
        return identity.caller();
    }

    /** Whether a request with the same token would be refused now. */
    public boolean isOver() {
        return endedSessions.contains(identity.sessionId()) || !Instant.now().isBefore(identity.expiresAt());
    }
}
