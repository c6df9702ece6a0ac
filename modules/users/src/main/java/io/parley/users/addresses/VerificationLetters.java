package io.parley.users.addresses;

import io.parley.contracts.users.User;
import io.parley.kernel.Secret;
import io.parley.users.links.AccountLinks;
import io.parley.users.links.LinkPurpose;
import io.parley.users.mail.Letter;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.MailKind;
import io.parley.users.mail.QueuedMail;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Mails to addresses that somebody has registered, or tried to. If there was an account already, its owner gets a link to choose a new
 * password and not one to verify the address: somebody else may have registered it with a password of their own.
 */
public final class VerificationLetters implements LetterWriter {
    private final AccountLinks links;

    public VerificationLetters(AccountLinks links) {
        this.links = links;
    }

    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        return links.toOwner(mail.email(), user -> write(user, mail));
    }

    private Future<Optional<Letter>> write(User user, QueuedMail mail) {
        if (mail.kind() == MailKind.REGISTRATION && !user.id().equals(mail.subjectId()))
            return link(user, LinkPurpose.PASSWORD_RESET).map(link -> Optional.of(existing(user.email(), link)));
        return user.emailVerified()
                ? Future.succeededFuture(Optional.empty())
                : link(user, LinkPurpose.VERIFICATION).map(link -> Optional.of(verification(user.email(), link)));
    }

    private Future<Secret> link(User user, LinkPurpose purpose) {
        return links.issue(user, purpose, user.email(), List.of());
    }

    private static Letter verification(String to, Secret link) {
        return new Letter(to, "Confirm your e-mail address for Parley", """
                Somebody, probably you, has registered this e-mail address with
                Parley. If it was not you, do nothing.

                To confirm that it is yours, open this link within 24 hours.
                """, link);
    }

    private static Letter existing(String to, Secret link) {
        return new Letter(to, "You have a Parley account already", """
                Somebody, probably you, has tried to register this e-mail address with
                Parley. It has an account already, in which nothing has changed. If it
                was not you, do nothing.

                If you have forgotten the password, choose a new one by this link within
                30 minutes.
                """, link);
    }
}
