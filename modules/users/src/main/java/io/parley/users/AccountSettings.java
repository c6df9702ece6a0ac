package io.parley.users;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.users.mail.MailSettings;
import org.jspecify.annotations.Nullable;

/**
 * Who may have an account.
 *
 * @param mail null if no mail is sent; the address of nobody is verified then
 */
public record AccountSettings(
        RegistrationMode registration,
        EmailVerification emailVerification,
        @Nullable MailSettings mail) {
    /** Everybody may register, and no mail is sent. */
    public static final AccountSettings OPEN = new AccountSettings(RegistrationMode.OPEN, EmailVerification.OFF, null);

    SignInOptions options(boolean hasUsers) {
        return new SignInOptions(registration, emailVerification, sendsMail(), hasUsers);
    }

    public boolean sendsMail() {
        return mail != null;
    }
}
