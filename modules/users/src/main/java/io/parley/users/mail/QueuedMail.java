package io.parley.users.mail;

import io.parley.contracts.users.Users.Client;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that waits to be sent.
 *
 * @param email whom it is for, in lower case; there may be no such account
 * @param subjectId see {@link MailKind}
 * @param client who asked for it
 * @param attempts how often it has been tried, this time included
 */
public record QueuedMail(
        UUID id, MailKind kind, String email, @Nullable UUID subjectId, Client client, int attempts) {
    public boolean isFirstAttempt() {
        return attempts == 1;
    }
}
