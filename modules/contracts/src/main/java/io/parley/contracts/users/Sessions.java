package io.parley.contracts.users;

import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.Secret;
import io.parley.kernel.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What the users module answers about sessions. Whatever ends sessions replies with those that ended, so that the
 * gateway that asked refuses their access tokens before its own answer goes out; the topic tells the others.
 */
public final class Sessions {
    /**
     * Spends a refresh token for a new one. Fails unauthenticated for one that is unknown, expired or spent; a spent
     * one ends its whole session (RFC 9700, 4.14.2).
     */
    public static final Address<Refresh, SignedIn> REFRESH = new Address<>("sessions.refresh");

    /** Ends the session of a refresh token; a token that is unknown ends nothing. */
    public static final Address<Logout, Ended> LOGOUT = new Address<>("sessions.logout");

    /** All live ones, most recently used first. */
    public static final Address<ListLive, Page<Session>> LIST = new Address<>("sessions.list");

    /** Fails not-found where there is none or it has ended, forbidden where it is another user's. */
    public static final Address<End, Ended> END = new Address<>("sessions.end");

    /** The sessions that ended of late, on whichever node. */
    public static final Address<Recent, Ended> RECENTLY_ENDED = new Address<>("sessions.recently-ended");

    public static final Topic<Ended> ENDED = new Topic<>("sessions.ended");

    public record Refresh(Secret refreshToken, Client client) {}

    public record Logout(Secret refreshToken) {}

    /** @param sessionId the caller's own */
    public record ListLive(Caller caller, UUID sessionId) {}

    public record End(Caller caller, UUID id) {}

    public record Recent(Duration within) {}

    public record Ended(List<UUID> ids) {}

    private Sessions() {}
}
