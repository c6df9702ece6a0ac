package io.parley.contracts.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.EmailAddresses;
import io.parley.contracts.users.Sessions;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers to administrators about accounts. A request with a caller fails forbidden unless both
 * the caller's access token and the current account are an administrator's. The last active administrator stays: a
 * command that would leave none fails conflict.
 */
public final class Administration {
    /** Ordered by registration. */
    public static final Address<ListUsers, Page<AdministeredUser>> LIST = new Address<>("administration.list");

    /** Fails not-found. */
    public static final Address<Find, AdministeredUser> FIND = new Address<>("administration.find");

    /** Fails not-found, or stale unless the account has one of the given versions. */
    public static final Address<Update, Changed> UPDATE = new Address<>("administration.update");

    /**
     * Permanently deletes the account and all its data. Fails not-found, or stale unless the account has one of the given
     * versions.
     */
    public static final Address<Delete, Sessions.Ended> DELETE = new Address<>("administration.delete");

    /** Removes TOTP, recovery codes and passkeys, and ends all sessions. Fails not-found. */
    public static final Address<ResetFactors, Sessions.Ended> RESET_FACTORS =
            new Address<>("administration.reset-factors");

    /** For the command line: the same as {@link #RESET_FACTORS}. Fails not-found. */
    public static final Address<ResetFactorsByEmail, Sessions.Ended> RESET_FACTORS_BY_EMAIL =
            new Address<>("administration.reset-factors-by-email");

    /** For the command line: makes a user an administrator. Fails not-found, or conflict if the account is deactivated. */
    public static final Address<Grant, Changed> GRANT = new Address<>("administration.grant");

    /** For the command line: makes an administrator an ordinary user. Fails not-found. */
    public static final Address<Revoke, Changed> REVOKE = new Address<>("administration.revoke");

    /** For the command line: all administrators, ordered by registration. */
    public static final Address<ListAdmins, Page<AdministeredUser>> LIST_ADMINS =
            new Address<>("administration.list-admins");

    /** For the command line: the account with this e-mail address. Fails not-found. */
    public static final Address<FindByEmail, AdministeredUser> FIND_BY_EMAIL =
            new Address<>("administration.find-by-email");

    /**
     * For the command line: makes an administrator without a password, and a link to choose the first one. Fails conflict if the
     * address has an account.
     */
    public static final Address<CreateAdministrator, Link> CREATE_ADMINISTRATOR =
            new Address<>("administration.create-administrator");

    /** For the command line: a link to choose a new password. Fails not-found, or conflict if the account is deactivated. */
    public static final Address<CreateResetLink, Link> CREATE_RESET_LINK =
            new Address<>("administration.create-reset-link");

    public record ListUsers(Caller caller, Filter filter, PageRequest page) {}

    /**
     * An account must match every condition that is not null.
     *
     * @param q part of the e-mail address or the name; case is ignored
     */
    public record Filter(
            @Nullable String q,
            @Nullable Role role,
            @Nullable Boolean isActive) {}

    public record Find(Caller caller, UUID id) {}

    public record Update(Caller caller, UUID id, Versions versions, AccountPatch patch, Origin origin) {}

    /** Neither field can be set to null. */
    public record AccountPatch(Patch<Role> role, Patch<Boolean> isActive) {
        public AccountPatch {
            if (role.present() && role.value() == null) throw Problem.invalid("/role", "must not be null");
            if (isActive.present() && isActive.value() == null) throw Problem.invalid("/is_active", "must not be null");
        }
    }

    /** @param ended all of the user's sessions if the role or the activation has changed, else none */
    public record Changed(AdministeredUser user, Sessions.Ended ended) {}

    public record Delete(Caller caller, UUID id, Versions versions, Origin origin) {}

    public record ResetFactors(Caller caller, UUID id, Origin origin) {}

    /** @param email case is ignored */
    public record ResetFactorsByEmail(String email) {}

    /** @param email case is ignored */
    public record Grant(String email) {}

    /** @param email case is ignored */
    public record Revoke(String email) {}

    public record ListAdmins() {}

    /** @param email case is ignored */
    public record FindByEmail(String email) {}

    /**
     * @param email one that {@link EmailAddresses} permits
     * @param publicUrl where people reach the server, without a slash at its end
     */
    public record CreateAdministrator(String email, String publicUrl) {
        public CreateAdministrator {
            EmailAddresses.check("/email", email);
        }
    }

    /**
     * @param email case is ignored
     * @param publicUrl where people reach the server, without a slash at its end
     */
    public record CreateResetLink(String email, String publicUrl) {}

    /** @param email of the account */
    public record Link(String email, Secret url) {}

    private Administration() {}
}
