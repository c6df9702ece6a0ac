package io.parley.users.links;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.User;
import io.parley.kernel.Secret;
import io.parley.users.mail.Letter;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.QueuedMail;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Mails with a link to choose a new password. */
public final class PasswordLetters implements LetterWriter {
    private final UserStore users;
    private final LinkStore links;
    private final String publicUrl;

    public PasswordLetters(UserStore users, LinkStore links, String publicUrl) {
        this.users = users;
        this.links = links;
        this.publicUrl = publicUrl;
    }

    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        return users.findActive(mail.email())
                .compose(found ->
                        found.map(user -> write(user, mail)).orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    private Future<Optional<Letter>> write(User user, QueuedMail mail) {
        return link(user, mail)
                .map(link -> Optional.of(new Letter(user.email(), "Choose a new password for Parley", """
                        Somebody, probably you, has asked for a new password for the Parley
                        account with this e-mail address. If it was not you, do nothing: your
                        password stays as it is.

                        To choose a new password, open this link within 30 minutes. It works
                        once.
                        """, link)));
    }

    private Future<Secret> link(User user, QueuedMail mail) {
        return links.issue(user.id(), LinkPurpose.PASSWORD_RESET, user.email(), events(user, mail))
                .map(token -> LinkPurpose.PASSWORD_RESET.link(publicUrl, token));
    }

    private static List<SecurityEvent> events(User user, QueuedMail mail) {
        return mail.isFirstAttempt()
                ? List.of(SecurityEvent.about(
                        SecurityEventType.PASSWORD_RESET_REQUESTED, user.id(), null, Origin.of(mail.client())))
                : List.of();
    }
}
