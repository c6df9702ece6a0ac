package io.parley.users;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.Users.SignInOptions;
import io.parley.users.mail.MailSettings;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.passkeys.PasskeySettings;
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

    SignInOptions options(boolean hasUsers, PasskeySettings passkeys, OidcSettings oidc) {
        var origins = passkeys.origins().stream().sorted().toList();
        return new SignInOptions(registration, emailVerification, sendsMail(), hasUsers, origins, oidc.described());
    }

    public boolean sendsMail() {
        return mail != null;
    }
}
