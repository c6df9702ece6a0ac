package io.parley.contracts.users.administration;

import io.parley.contracts.users.EmailAddresses;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The requests of administrators about invitations, answered by the users module. Each request fails forbidden unless both the caller's
 * access token and the current account are an administrator's.
 */
public final class Invitations {
    public static final Duration LIFETIME = Duration.ofDays(7);

    /** Mailed to the address that it is for, if mail is sent. Fails invalid if it would expire in the past or after more than a year. */
    public static final Address<Create, Created> CREATE = new Address<>("invitations.create");

    /** For the command line, like {@link #CREATE}. */
    public static final Address<Invite, Created> INVITE = new Address<>("invitations.invite");

    /** Ordered by creation; without those that expired more than 30 days ago. */
    public static final Address<ListAll, Page<Invitation>> LIST = new Address<>("invitations.list");

    /** Nobody can use the invitation any more. Fails not-found. */
    public static final Address<Revoke, None> REVOKE = new Address<>("invitations.revoke");

    public record Create(Caller caller, InvitationDraft draft) {}

    public record Invite(InvitationDraft draft) {}

    /**
     * @param email one that {@link EmailAddresses} permits; null permits any
     * @param role null stands for an ordinary user
     * @param expiresAt null means after {@link #LIFETIME}
     */
    public record InvitationDraft(
            @Nullable String email,
            @Nullable Role role,
            @Nullable Instant expiresAt) {
        public InvitationDraft {
            if (email != null) EmailAddresses.check("/email", email);
        }
    }

    /** @param token which is shown this once and stored as a hash */
    public record Created(Invitation invitation, Secret token) {
        /** The page to register at, with the token in its fragment, which gets into no log and no Referer. */
        public Secret url(String publicUrl) {
            return link(publicUrl, token);
        }
    }

    /**
     * The page to register at.
     *
     * @param publicUrl where people reach the server, without a slash at its end
     */
    public static Secret link(String publicUrl, Secret token) {
        return new Secret(publicUrl + "/join#invitation=" + token.value());
    }

    public record ListAll(Caller caller, PageRequest page) {}

    public record Revoke(Caller caller, UUID id) {}

    private Invitations() {}
}
