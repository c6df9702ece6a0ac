package io.parley.users.links;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.User;
import io.parley.users.mail.Letter;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.QueuedMail;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Mails with a link to choose a new password. */
public final class PasswordLetters implements LetterWriter {
    private final AccountLinks links;

    public PasswordLetters(AccountLinks links) {
        this.links = links;
    }

    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        return links.toOwner(mail.email(), user -> write(user, mail));
    }

    private Future<Optional<Letter>> write(User user, QueuedMail mail) {
        return links.issue(user, LinkPurpose.PASSWORD_RESET, user.email(), events(user, mail))
                .map(link -> Optional.of(new Letter(user.email(), "Choose a new password for Parley", """
                        Somebody, probably you, has asked for a new password for the Parley
                        account with this e-mail address. If it was not you, do nothing: your
                        password stays as it is.

                        To choose a new password, open this link within 30 minutes. It works
                        once.
                        """, link)));
    }

    private static List<SecurityEvent> events(User user, QueuedMail mail) {
        return mail.isFirstAttempt()
                ? List.of(SecurityEvent.about(
                        SecurityEventType.PASSWORD_RESET_REQUESTED, user.id(), null, Origin.of(mail.client())))
                : List.of();
    }
}
