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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about personal tokens. A request that names a token fails not-found if there is no such token and
 * forbidden if it is another user's. A token that ends is among {@link Sessions#ENDED} and {@link Sessions#RECENTLY_ENDED}, with its
 * own id in place of a session's; so does each that ends because its account is deactivated or deleted.
 */
public final class Tokens {
    /** What every token begins with; 43 characters of base64url follow, 32 random bytes. */
    public static final String PREFIX = "pat_";

    /** The most that one user may have. */
    public static final int MAX_PER_USER = 50;

    /** Fails conflict if the caller has {@link #MAX_PER_USER} already, and invalid if it would expire in the past. */
    public static final Address<Create, Created> CREATE = new Address<>("tokens.create");

    public static final Address<Find, PersonalToken> FIND = new Address<>("tokens.find");

    /** Ordered by creation. */
    public static final Address<ListMine, Page<PersonalToken>> LIST = new Address<>("tokens.list");

    public static final Address<Revoke, Sessions.Ended> REVOKE = new Address<>("tokens.revoke");

    /** Whose token it is; records that it was used. Fails unauthenticated if it is unknown, revoked or expired. */
    public static final Address<Check, Checked> CHECK = new Address<>("tokens.check");

    public record Create(Caller caller, TokenDraft draft, Origin origin) {}

    /** @param expiresAt null if it shall not expire */
    public record TokenDraft(
            String name, List<Scope> scopes, @Nullable Instant expiresAt) {}

    /** @param secret the token itself, which is not stored */
    public record Created(PersonalToken token, Secret secret) {}

    public record Find(Caller caller, UUID id) {}

    public record ListMine(Caller caller, PageRequest page) {}

    public record Revoke(Caller caller, UUID id, Origin origin) {}

    public record Check(Secret token, Client client) {}

    public record Checked(
            UUID id,
            UUID userId,
            Caller.Role role,
            List<Scope> scopes,
            @Nullable Instant expiresAt) {}

    private Tokens() {}
}
