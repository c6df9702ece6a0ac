package io.parley.contracts.users;

import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Secret;
import io.parley.kernel.Topic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the users module answers about sessions. A command that ends sessions replies with their ids, so that the
 * requesting gateway rejects their access tokens before it answers the client. The topic {@link #ENDED} notifies the other gateways.
 */
public final class Sessions {
    /**
     * Exchanges a refresh token for a new one. The token that was spent last gets the same new one again for a moment, as long
     * as that is unused. Fails unauthenticated if the token is unknown, expired or was already used otherwise, and then ends
     * its whole session (RFC 9700, 4.14.2).
     */
    public static final Address<Refresh, SignedIn> REFRESH = new Address<>("sessions.refresh");

    /** Ends the session of a refresh token; has no effect if the token is unknown. */
    public static final Address<Logout, Ended> LOGOUT = new Address<>("sessions.logout");

    /** The user's live sessions on one page, most recently used first. */
    public static final Address<ListLive, Page<Session>> LIST = new Address<>("sessions.list");

    /** Fails not-found if there is no such session or it has ended, and forbidden if it is another user's. */
    public static final Address<End, Ended> END = new Address<>("sessions.end");

    /** Fails unauthenticated unless the user has a live session with this id. */
    public static final Address<Check, None> CHECK = new Address<>("sessions.check");

    /** The sessions that ended recently, on any node. */
    public static final Address<Recent, Ended> RECENTLY_ENDED = new Address<>("sessions.recently-ended");

    /** Sessions that have just ended. A notice may get lost; {@link #RECENTLY_ENDED} returns the full list. */
    public static final Topic<Ended> ENDED = new Topic<>("sessions.ended");

    public record Refresh(Secret refreshToken, Client client) {}

    public record Logout(Secret refreshToken, Client client) {}

    /** @param sessionId the caller's current session */
    public record ListLive(Caller caller, UUID sessionId) {}

    public record End(Caller caller, UUID id, Client client) {}

    public record Check(Caller caller, UUID sessionId) {}

    public record Recent(Duration within) {}

    public record Ended(List<UUID> ids) {
        /** These and others. */
        public Ended and(Ended others) {
            return new Ended(Stream.concat(ids.stream(), others.ids().stream()).toList());
        }
    }

    private Sessions() {}
}
