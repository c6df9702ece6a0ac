package io.parley.contracts.users;

import io.parley.contracts.LanguageTags;
import io.parley.contracts.Limits;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about accounts and signing in. A request that takes a password or registers an account fails limited if an address or
 * an account has used up its attempts, and overloaded if too many passwords are waiting to be hashed.
 */
public final class Users {
    /**
     * Fails conflict if the e-mail address is taken, invalid if the password is too short or easy to guess, and forbidden if the
     * {@link RegistrationMode}, {@link EmailVerification} or the invitation does not permit it.
     */
    public static final Address<Register, SignedIn> REGISTER = new Address<>("users.register");

    /**
     * Registration if addresses have to be verified: nobody is signed in, and an address that is taken is no failure. Otherwise it
     * fails like {@link #REGISTER}.
     */
    public static final Address<Register, None> REGISTER_UNVERIFIED = new Address<>("users.register-unverified");

    /**
     * Fails unauthenticated, in the same way for an unknown address, a wrong password and a deactivated account; forbidden if the
     * password is right, but the address has to be verified before.
     */
    public static final Address<Login, LoggedIn> LOGIN = new Address<>("users.login");

    /**
     * Ends every other session of the user. Fails invalid if the current password is wrong or missing, or the new one too short or
     * easy to guess. A first password fails sign-in-not-recent unless the session has signed in recently.
     */
    public static final Address<ChangePassword, Sessions.Ended> CHANGE_PASSWORD =
            new Address<>("users.change-password");

    /** Fails unauthenticated if the account no longer exists. */
    public static final Address<Find, User> FIND = new Address<>("users.find");

    /**
     * If mail is sent, another e-mail address is pending until its links are opened, and one that is taken is no failure; if not, that
     * fails conflict. Fails stale unless the account has one of the given versions, and invalid if
     * the user cannot use the default provider or model. Another e-mail address fails sign-in-not-recent without the current
     * password, unless the session has signed in recently.
     */
    public static final Address<Update, User> UPDATE = new Address<>("users.update");

    /**
     * Permanently deletes the account and all its data. Fails conflict if it is the last active administrator, and
     * sign-in-not-recent without the current password, unless the session has signed in recently.
     */
    public static final Address<Delete, Sessions.Ended> DELETE = new Address<>("users.delete");

    /** Makes the session one that has signed in recently. Fails invalid if the password is wrong. */
    public static final Address<Confirm, None> CONFIRM = new Address<>("users.confirm");

    /** The options for a sign-in page, without sign-in. */
    public static final Address<FindOptions, SignInOptions> SIGN_IN_OPTIONS = new Address<>("users.sign-in-options");

    public record FindOptions() {}

    /**
     * @param passwordReset whether links for forgotten passwords are mailed
     * @param hasUsers whether anybody has registered yet
     * @param passkeyOrigins of the pages that may use passkeys
     * @param oidc other providers to sign in with
     */
    public record SignInOptions(
            RegistrationMode registration,
            EmailVerification emailVerification,
            boolean passwordReset,
            boolean hasUsers,
            List<String> passkeyOrigins,
            Oidc.Providers oidc) {}

    public record Register(Registration registration, Client client) {}

    /**
     * @param email one that {@link EmailAddresses} permits; stored in lower case
     * @param password at most 128 characters
     * @param timeZone one of {@link TimeZones}; null stands for the default
     * @param invitation the token of an invitation; null if there is none
     */
    public record Registration(
            String email,
            Secret password,
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable Secret invitation) {
        public Registration {
            EmailAddresses.check("/email", email);
            TimeZones.check("/time_zone", timeZone);
        }

        public Registration(String email, Secret password, @Nullable String name, @Nullable String timeZone) {
            this(email, password, name, timeZone, null);
        }
    }

    public record Login(Credentials credentials, Client client) {}

    public record Credentials(String email, Secret password) {}

    /** A right password: a session, or the challenge if the account has a second factor. Exactly one of the two is there. */
    public record LoggedIn(@Nullable SignedIn session, SecondFactors.@Nullable Challenge challenge) {}

    /** Where a request comes from; null if the request does not say. */
    public record Client(
            @Nullable String userAgent, @Nullable String ip) {}

    /**
     * A new or refreshed session.
     *
     * @param refreshToken valid for one refresh
     */
    public record SignedIn(User user, UUID sessionId, Secret refreshToken) {}

    /** @param sessionId the caller's current session, which stays open */
    public record ChangePassword(Caller caller, UUID sessionId, PasswordChange change, Client client) {}

    /** @param currentPassword null if the account has no password yet */
    public record PasswordChange(@Nullable Secret currentPassword, Secret newPassword) {}

    public record Find(Caller caller) {}

    public record Update(Caller caller, UUID sessionId, Versions versions, UserPatch patch, Client client) {}

    /**
     * @param email one that {@link EmailAddresses} permits
     * @param timeZone one of {@link TimeZones}; null stands for the default
     * @param encryptByDefault null stands for false
     * @param language a BCP 47 tag; null for the browser's
     * @param currentPassword proves who it is if the sign-in is not recent; no part of the account
     */
    public record UserPatch(
            Patch<String> name,
            Patch<User.Theme> theme,
            Patch<String> email,
            Patch<String> timeZone,
            Patch<String> instructions,
            Patch<String> defaultProvider,
            Patch<String> defaultModel,
            Patch<Boolean> encryptByDefault,
            Patch<String> language,
            @Nullable Secret currentPassword) {
        public UserPatch {
            language = language.map(tag -> LanguageTags.checked("/language", tag));
            EmailAddresses.check("/email", email.value());
            TimeZones.check("/time_zone", timeZone.value());
            Limits.checkText("/instructions", instructions.value(), Limits.INSTRUCTIONS);
            Limits.checkText("/default_provider", defaultProvider.value(), Limits.PROVIDER);
            Limits.checkText("/default_model", defaultModel.value(), Limits.MODEL);
        }

        public UserPatch(
                Patch<String> name,
                Patch<User.Theme> theme,
                Patch<String> email,
                Patch<String> timeZone,
                Patch<String> instructions,
                Patch<String> defaultProvider,
                Patch<String> defaultModel,
                @Nullable Secret currentPassword) {
            this(
                    name,
                    theme,
                    email,
                    timeZone,
                    instructions,
                    defaultProvider,
                    defaultModel,
                    Patch.absent(),
                    Patch.absent(),
                    currentPassword);
        }

        public UserPatch(
                Patch<String> name,
                Patch<User.Theme> theme,
                Patch<String> email,
                Patch<String> timeZone,
                @Nullable Secret currentPassword) {
            this(
                    name,
                    theme,
                    email,
                    timeZone,
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    Patch.absent(),
                    currentPassword);
        }
    }

    public record Delete(
            Caller caller,
            UUID sessionId,
            Versions versions,
            @Nullable Secret currentPassword,
            Client client) {}

    public record Confirm(Caller caller, UUID sessionId, Secret currentPassword, Client client) {}

    private Users() {}
}
