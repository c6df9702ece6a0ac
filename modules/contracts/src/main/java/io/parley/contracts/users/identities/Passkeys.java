package io.parley.contracts.users.identities;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import java.time.Duration;
import java.util.UUID;

/**
 * What the users module answers about passkeys (Web Authentication Level 3): discoverable credentials of ES256 or RS256 that verify
 * their user, so that one counts as two factors. Options and credentials are the JSON of that specification. Adding and removing one
 * fails sign-in-not-recent unless the session has signed in recently.
 */
public final class Passkeys {
    /** How long a challenge can be answered, once. */
    public static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

    public static final int MOST_OF_A_USER = 50;

    /** What the browser needs to make a passkey: PublicKeyCredentialCreationOptionsJSON. */
    public static final Address<NewOptions, Options> NEW_OPTIONS = new Address<>("passkeys.new-options");

    /**
     * Adds a passkey. Fails invalid if the credential does not answer a live challenge of this user as it must, and conflict if it has
     * been added before, or the user has {@link #MOST_OF_A_USER}.
     */
    public static final Address<Add, Passkey> ADD = new Address<>("passkeys.add");

    /** All of the user's passkeys on one page, oldest first. */
    public static final Address<ListMine, Page<Passkey>> LIST = new Address<>("passkeys.list");

    /** Fails not-found, or forbidden if it is another user's. */
    public static final Address<Rename, Passkey> RENAME = new Address<>("passkeys.rename");

    /** Fails not-found, forbidden if it is another user's, or conflict if nobody could sign in to the account any more. */
    public static final Address<Remove, None> REMOVE = new Address<>("passkeys.remove");

    /** What the browser needs to sign in with any passkey of this server: PublicKeyCredentialRequestOptionsJSON. */
    public static final Address<LoginOptions, Options> LOGIN_OPTIONS = new Address<>("passkeys.login-options");

    /** Fails unauthenticated, in the same way whatever is wrong with the credential. */
    public static final Address<Login, SignedIn> LOGIN = new Address<>("passkeys.login");

    /** Makes the session one that has signed in recently. Fails invalid unless the credential is one of the user's. */
    public static final Address<Prove, None> PROVE = new Address<>("passkeys.prove");

    public record Options(Json json) {}

    public record NewOptions(Caller caller, Origin origin) {}

    /** @param id of the new passkey, chosen by the sender */
    public record Add(Caller caller, Origin origin, UUID id, NewPasskey passkey) {}

    /** @param credential RegistrationResponseJSON */
    public record NewPasskey(String name, Json credential) {}

    public record ListMine(Caller caller) {}

    public record Rename(Caller caller, UUID id, String name) {}

    public record Remove(Caller caller, Origin origin, UUID id) {}

    public record LoginOptions() {}

    /** @param credential AuthenticationResponseJSON */
    public record Login(Json credential, Client client) {}

    /** @param credential AuthenticationResponseJSON */
    public record Prove(Caller caller, Origin origin, Json credential) {}

    private Passkeys() {}
}
