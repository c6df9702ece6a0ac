package io.parley.contracts.limits;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import java.util.List;
import java.util.UUID;

/**
 * What the users module answers about the limits of roles and users. Whatever an administrator asks for fails forbidden for
 * everybody else.
 */
public final class LimitChoices {
    /** For administrators. */
    public static final Address<FindRoles, Roles> FIND_ROLES = new Address<>("limits.find-roles");

    /** For administrators: replaces the limits of a role. */
    public static final Address<SetRole, Roles> SET_ROLE = new Address<>("limits.set-role");

    /** For administrators. Fails not-found. */
    public static final Address<FindUser, OfUser> FIND_USER = new Address<>("limits.find-user");

    /** For administrators: replaces the limits of a user. Fails not-found. */
    public static final Address<SetUser, OfUser> SET_USER = new Address<>("limits.set-user");

    public static final Address<FindMine, Mine> FIND_MINE = new Address<>("limits.find-mine");

    /** For gateways: all choices. */
    public static final Address<FindAll, All> FIND_ALL = new Address<>("limits.find-all");

    public record FindRoles(Caller caller) {}

    public record SetRole(Caller caller, Role role, ChosenLimits limits) {}

    /** The limits by role. */
    public record Roles(ByRole roles) {}

    public record ByRole(ChosenLimits user, ChosenLimits admin) {
        public ChosenLimits of(Role role) {
            return role == Role.ADMIN ? admin : user;
        }
    }

    public record FindUser(Caller caller, UUID id) {}

    public record SetUser(Caller caller, UUID id, ChosenLimits limits) {}

    /**
     * @param limits chosen for this user
     * @param effective with those of the role and of the settings where nothing is chosen
     */
    public record OfUser(ChosenLimits limits, ChosenLimits effective, Used used) {}

    public record FindMine(Caller caller) {}

    public record Mine(ChosenLimits effective, Used used) {}

    /**
     * @param rows that are stored, and their bytes, the trash included
     * @param turns that are used up of their rate now; 0 if there is no limit. Likewise tokens
     */
    public record Used(long rows, long bytes, long turns, long tokens) {}

    public record FindAll() {}

    /** @param users those for whom anything is chosen */
    public record All(ByRole roles, List<ChosenForUser> users) {}

    public record ChosenForUser(UUID userId, ChosenLimits limits) {}

    private LimitChoices() {}
}
