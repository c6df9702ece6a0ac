package io.parley.contracts.users;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Address;
import io.parley.kernel.None;
import io.parley.kernel.Secret;

/**
 * What the users module answers about links in mails. Nothing here reveals whether an address has an account. A request that sends a
 * mail fails limited if the client has asked for too many; beyond the limit of an account it sends nothing. A request with a token
 * fails invalid, pointing at {@code /token}, if that is unknown, used or expired.
 */
public final class MailedLinks {
    /** Sends a link to choose a new password, if there is such an account. Fails forbidden if no mail server is set. */
    public static final Address<ForgotPassword, None> FORGOT_PASSWORD = new Address<>("mailed-links.forgot-password");

    /**
     * Ends all sessions of the account. Fails invalid if the new password is too short or easy to guess, which does not spend the
     * token, and overloaded if too many passwords are waiting to be hashed.
     */
    public static final Address<ResetPassword, Sessions.Ended> RESET_PASSWORD =
            new Address<>("mailed-links.reset-password");

    /** Sends a link that verifies the address, if it has an account and is not verified yet. */
    public static final Address<SendVerification, None> SEND_VERIFICATION =
            new Address<>("mailed-links.send-verification");

    /** Verifies an address. Nobody is signed in. */
    public static final Address<UseLink, None> VERIFY = new Address<>("mailed-links.verify");

    /**
     * Confirms another address for an account, from one of the two. Fails conflict if the new one belongs to another account by
     * now.
     */
    public static final Address<UseLink, None> CONFIRM_ADDRESS = new Address<>("mailed-links.confirm-address");

    /** @param email case is ignored */
    public record SendVerification(String email, Client client) {}

    public record UseLink(Secret token, Client client) {}

    /** @param email case is ignored */
    public record ForgotPassword(String email, Client client) {}

    public record ResetPassword(PasswordReset reset, Client client) {}

    public record PasswordReset(Secret token, Secret newPassword) {}

    private MailedLinks() {}
}
