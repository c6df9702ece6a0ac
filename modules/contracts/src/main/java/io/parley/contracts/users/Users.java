package io.parley.contracts.users;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the users module answers about accounts. */
public final class Users {
    /** Fails conflict where the e-mail address is taken, and invalid for a common password. */
    public static final Address<Register, SignedIn> REGISTER = new Address<>("users.register");

    /** Fails unauthenticated alike for an unknown address, a wrong password and a deactivated account. */
    public static final Address<Login, SignedIn> LOGIN = new Address<>("users.login");

    /** Fails invalid where the current password is wrong; ends every other session. */
    public static final Address<ChangePassword, Sessions.Ended> CHANGE_PASSWORD =
            new Address<>("users.change-password");

    public static final Address<Find, User> FIND = new Address<>("users.find");

    /** Fails conflict where the new e-mail address is taken. */
    public static final Address<Update, User> UPDATE = new Address<>("users.update");

    /** Removes the account and all that belongs to it, for good. Fails conflict for the last active administrator. */
    public static final Address<Delete, Sessions.Ended> DELETE = new Address<>("users.delete");

    public record Register(Registration registration, Client client) {}

    /**
     * @param email in any case; kept in lower case
     * @param password 8 to 128 characters
     */
    public record Registration(
            String email, Secret password, @Nullable String name) {}

    public record Login(Credentials credentials, Client client) {}

    public record Credentials(String email, Secret password) {}

    /** Where a session is used from, as far as it can be told. */
    public record Client(
            @Nullable String userAgent, @Nullable String ip) {}

    /**
     * A session and the token that keeps it.
     *
     * @param refreshToken good for one refresh
     */
    public record SignedIn(User user, UUID sessionId, Secret refreshToken) {}

    /** @param sessionId the caller's own session, which goes on */
    public record ChangePassword(Caller caller, UUID sessionId, PasswordChange change) {}

    public record PasswordChange(Secret currentPassword, Secret newPassword) {}

    public record Find(Caller caller) {}

    public record Update(Caller caller, Versions versions, UserPatch patch) {}

    public record UserPatch(Patch<String> name, Patch<User.Theme> theme, Patch<String> email) {}

    public record Delete(Caller caller, Versions versions) {}

    private Users() {}
}
