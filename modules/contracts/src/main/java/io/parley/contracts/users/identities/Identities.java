package io.parley.contracts.users.identities;

import io.parley.contracts.audit.Origin;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Secret;
import java.util.UUID;

/**
 * What the users module answers about the identities at other providers that can sign in to an account. Linking and unlinking one fails
 * sign-in-not-recent unless the session has signed in recently.
 */
public final class Identities {
    public static final int MOST_OF_A_USER = 50;

    /**
     * Fails invalid if the code is unknown, expired, used, or for the owner of another account, and conflict if the identity is linked
     * already, or the user has {@link #MOST_OF_A_USER}.
     */
    public static final Address<Link, Identity> LINK = new Address<>("identities.link");

    /** All of the user's identities on one page, oldest first. */
    public static final Address<ListMine, Page<Identity>> LIST = new Address<>("identities.list");

    /**
     * Fails not-found, forbidden if it is another user's, or conflict if nobody could sign in to the account any more.
     */
    public static final Address<Unlink, None> UNLINK = new Address<>("identities.unlink");

    /** @param id of the new identity, chosen by the sender */
    public record Link(Caller caller, Origin origin, UUID id, Secret code) {}

    public record ListMine(Caller caller) {}

    public record Unlink(Caller caller, Origin origin, UUID id) {}

    private Identities() {}
}
