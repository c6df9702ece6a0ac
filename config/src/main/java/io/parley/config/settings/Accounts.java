package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.RegistrationMode;
import io.parley.users.AccountSettings;
import io.parley.users.mail.MailSettings;
import io.parley.users.mail.MailSettings.Tls;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Reads who may have an account, and the mail server that their links are sent by. */
final class Accounts {
    private static final String HOST = "mail.host";
    private static final String FROM = "mail.from";
    private static final String EMAIL_VERIFICATION = "accounts.email-verification";

    static AccountSettings read(SettingValues values, HttpSettings http) {
        return new AccountSettings(
                values.choice("accounts.registration", RegistrationMode.class),
                emailVerification(values),
                mail(values, http.origin().publicUrl()));
    }

    private static EmailVerification emailVerification(SettingValues values) {
        var verification = values.choice(EMAIL_VERIFICATION, EmailVerification.class);
        if (verification != EmailVerification.OFF && values.optional(HOST).isEmpty())
            throw values.invalid(EMAIL_VERIFICATION, "needs a mail server: set " + HOST);
        return verification;
    }

    private static @Nullable MailSettings mail(SettingValues values, @Nullable URI publicUrl) {
        int port = values.number("mail.port", 1, 65_535);
        var tls = values.choice("mail.tls", Tls.class);
        var host = values.optional(HOST);
        if (host.isEmpty()) return null;
        // A link to localhost would lead its reader to another server, or to none.
        if (publicUrl == null) throw values.invalid(HOST, "needs http.public-url, which the links in mails begin with");
        return new MailSettings(
                host.get().strip(),
                port,
                values.optional("mail.username").orElse(null),
                values.secret("mail.password").orElse(null),
                from(values, publicUrl),
                tls,
                publicUrl.toString());
    }

    private static String from(SettingValues values, URI publicUrl) {
        var from = values.optional(FROM).map(String::strip).orElse("parley@" + publicUrl.getHost());
        if (!from.matches("[^\\s@<>,]+@[^\\s@<>,]+"))
            throw values.invalid(FROM, "must be an address such as parley@example.org");
        return from;
    }

    private Accounts() {}
}
