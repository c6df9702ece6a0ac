package io.parley.contracts.tokens;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about programs that users let in through OAuth 2.0. A grant begins with a code, which the program
 * redeems for a first pair of tokens; each refresh token is exchanged once for the next pair. {@link Tokens#CHECK} takes the access
 * tokens. A grant that ends is among {@link Sessions#ENDED} and {@link Sessions#RECENTLY_ENDED}, with its own id in place of a
 * session's.
 */
public final class Grants {
    /** What access tokens begin with; 64 characters of base64url follow. */
    public static final String ACCESS_PREFIX = "oat_";

    public static final String REFRESH_PREFIX = "ort_";

    public static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    public static final Duration ACCESS_LIFETIME = Duration.ofHours(1);

    /** The most that one user may have. */
    public static final int MAX_PER_USER = 50;

    /** Fails conflict if the user has {@link #MAX_PER_USER}. */
    public static final Address<Authorize, Authorized> AUTHORIZE = new Address<>("grants.authorize");

    /**
     * Exchanges a code for the first tokens. Fails unauthenticated if the code is unknown, expired, of another client, redirect URI or
     * verifier, or was used before; the last also ends the grant (RFC 6749, 4.1.2).
     */
    public static final Address<Redeem, Issued> REDEEM = new Address<>("grants.redeem");

    /**
     * Exchanges a refresh token for the next tokens; the one that was spent last gets the same again for a moment. Fails
     * unauthenticated if the token is unknown, expired, of another client, or was used before; the last also ends the grant (RFC 9700,
     * 4.14.2).
     */
    public static final Address<Refresh, Issued> REFRESH = new Address<>("grants.refresh");

    /** Ends the grant of a token; has no effect if the token is unknown or another client's. */
    public static final Address<RevokeToken, Sessions.Ended> REVOKE_TOKEN = new Address<>("grants.revoke-token");

    /** Those whose code was redeemed, ordered by creation. */
    public static final Address<ListMine, Page<Grant>> LIST = new Address<>("grants.list");

    /** Fails not-found if there is no such grant, and forbidden if it is another user's. */
    public static final Address<End, Sessions.Ended> END = new Address<>("grants.end");

    /** @param codeChallenge base64url of the verifier's SHA-256 (RFC 7636, method S256) */
    public record Authorize(
            Caller caller,
            String clientId,
            String clientName,
            String redirectUri,
            List<Scope> scopes,
            String codeChallenge,
            Origin origin) {}

    public record Authorized(Secret code) {}

    /** @param redirectUri null if the client does not repeat it */
    public record Redeem(
            Secret code, String clientId, @Nullable String redirectUri, Secret verifier, Client client) {}

    public record Refresh(Secret refreshToken, String clientId, Client client) {}

    public record Issued(Secret accessToken, Secret refreshToken, List<Scope> scopes, Duration lifetime) {}

    /** @param clientId null if the client does not say which it is */
    public record RevokeToken(Secret token, @Nullable String clientId, Client client) {}

    public record ListMine(Caller caller, PageRequest page) {}

    public record End(Caller caller, UUID id, Origin origin) {}

    private Grants() {}
}
