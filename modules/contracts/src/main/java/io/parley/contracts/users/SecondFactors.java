package io.parley.contracts.users;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the users module answers about second factors: codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30
 * seconds, one step of tolerance) and recovery codes. Each code is accepted once. Whatever checks a code fails limited if too many
 * passwords and codes of the account were wrong. A change fails sign-in-not-recent unless the session has signed in recently.
 */
public final class SecondFactors {
    /** How long somebody has to send the code after the password. */
    public static final Duration CHALLENGE_LIFETIME = Duration.ofMinutes(5);

    /** How many wrong codes a login may have. */
    public static final int CHALLENGE_ATTEMPTS = 5;

    public static final int RECOVERY_CODES = 10;

    /**
     * Completes a login. Fails unauthenticated if the code is wrong, or the token is unknown, used, older than
     * {@link #CHALLENGE_LIFETIME}, or has had {@link #CHALLENGE_ATTEMPTS} wrong codes.
     */
    public static final Address<Login, SignedIn> LOGIN = new Address<>("second-factors.login");

    /** Makes a new secret, which asks nobody for codes until it is confirmed. Fails conflict if TOTP is on. */
    public static final Address<SetUp, TotpSecret> SET_UP = new Address<>("second-factors.set-up");

    /** Turns TOTP on. Fails invalid if the code is wrong, and conflict if there is no secret to confirm. */
    public static final Address<ConfirmSecret, RecoveryCodes> CONFIRM_SECRET =
            new Address<>("second-factors.confirm-secret");

    /** Turns TOTP off, and voids the recovery codes; has no effect if it is off. */
    public static final Address<Remove, None> REMOVE = new Address<>("second-factors.remove");

    /** Voids the recovery codes and makes new ones. Fails conflict if TOTP is off. */
    public static final Address<RenewCodes, RecoveryCodes> RENEW_CODES = new Address<>("second-factors.renew-codes");

    /** Makes the session one that has signed in recently. Fails invalid if the code is wrong or TOTP is off. */
    public static final Address<Prove, None> PROVE = new Address<>("second-factors.prove");

    /** Which ways to sign in the account has. */
    public static final Address<Find, AccountSecurity> FIND = new Address<>("second-factors.find");

    /**
     * A login that waits for a second factor.
     *
     * @param token good for one login
     */
    public record Challenge(Secret token, List<Method> methods) {}

    public enum Method {
        TOTP,
        RECOVERY_CODE
    }

    /** Exactly one of the two codes must be there. */
    public record Login(
            Secret token, @Nullable Secret code, @Nullable Secret recoveryCode, Client client) {}

    public record SetUp(Caller caller, Origin origin) {}

    /**
     * @param secret 160 bits in base32, 32 characters
     * @param uri for the QR code that authenticator apps read
     */
    public record TotpSecret(Secret secret, Secret uri) {}

    public record ConfirmSecret(Caller caller, Origin origin, Secret code) {}

    /** @param codes shown this once and stored as hashes */
    public record RecoveryCodes(List<Secret> codes) {}

    public record Remove(Caller caller, Origin origin) {}

    public record RenewCodes(Caller caller, Origin origin) {}

    public record Prove(Caller caller, Origin origin, Secret code) {}

    public record Find(Caller caller) {}

    /**
     * @param totp whether TOTP is on
     * @param passkeys their number
     * @param identities the number of accounts with other providers that can sign in
     */
    public record AccountSecurity(
            boolean hasPassword, boolean totp, int recoveryCodesLeft, int passkeys, int identities) {}

    private SecondFactors() {}
}
