package io.parley.users.mail;

import io.parley.kernel.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The mail server (SMTP) that takes the mails.
 *
 * @param username null signs in to no account there
 * @param from the sender's address
 * @param publicUrl where the links lead, without a slash at its end
 */
public record MailSettings(
        String host,
        int port,
        @Nullable String username,
        @Nullable Secret password,
        String from,
        Tls tls,
        String publicUrl) {
    public enum Tls {
        /** Begins in clear text; without TLS nothing is sent. */
        STARTTLS,
        TLS,
        NONE
    }
}
