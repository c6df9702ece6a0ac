package io.parley.contracts.users;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers to administrators about accounts. Whatever names a caller fails forbidden unless both
 * the access token and the account, as it is now, say administrator. Once there is an active administrator there always
 * is one: what would leave none fails conflict.
 */
public final class Administration {
    /** In the order of registration. */
    public static final Address<ListUsers, Page<User>> LIST = new Address<>("administration.list");

    /** Fails not-found. */
    public static final Address<Find, User> FIND = new Address<>("administration.find");

    /** Fails not-found, or stale where the account is of none of the versions named. */
    public static final Address<Update, Changed> UPDATE = new Address<>("administration.update");

    /**
     * Removes the account and all that belongs to it, for good. Fails not-found, or stale where the account is of none
     * of the versions named.
     */
    public static final Address<Delete, Sessions.Ended> DELETE = new Address<>("administration.delete");

    /** For the command line: makes an administrator. Fails not-found, or conflict where the account is deactivated. */
    public static final Address<Grant, Changed> GRANT = new Address<>("administration.grant");

    /** For the command line: makes a user of an administrator. Fails not-found. */
    public static final Address<Revoke, Changed> REVOKE = new Address<>("administration.revoke");

    /** For the command line: all administrators, in the order of registration. */
    public static final Address<ListAdmins, Page<User>> ADMINS = new Address<>("administration.admins");

    /** For the command line: whose that e-mail address is. Fails not-found. */
    public static final Address<Whose, User> WHOSE = new Address<>("administration.whose");

    public record ListUsers(Caller caller, Filter filter, PageRequest page) {}

    /**
     * All that is said must hold; null says nothing.
     *
     * @param q part of the e-mail address or the name, in any case
     */
    public record Filter(
            @Nullable String q,
            @Nullable Role role,
            @Nullable Boolean isActive) {}

    public record Find(Caller caller, UUID id) {}

    public record Update(Caller caller, UUID id, Versions versions, AccountPatch patch) {}

    /** Neither can be cleared. */
    public record AccountPatch(Patch<Role> role, Patch<Boolean> isActive) {
        public AccountPatch {
            if (role.present() && role.value() == null) throw Problem.invalid("/role", "must not be null");
            if (isActive.present() && isActive.value() == null) throw Problem.invalid("/is_active", "must not be null");
        }
    }

    /** @param ended all the user's sessions where the role or the activity has changed, else none */
    public record Changed(User user, Sessions.Ended ended) {}

    public record Delete(Caller caller, UUID id, Versions versions) {}

    /** @param email in any case */
    public record Grant(String email) {}

    /** @param email in any case */
    public record Revoke(String email) {}

    public record ListAdmins() {}

    /** @param email in any case */
    public record Whose(String email) {}

    private Administration() {}
}
