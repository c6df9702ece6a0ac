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

/** Mails to the two ends of a change of the address. */
public final class AddressChangeLetters implements LetterWriter {
    private final AccountLinks links;

    public AddressChangeLetters(AccountLinks links) {
        this.links = links;
    }

    /** Empty if the change was made or given up meanwhile. */
    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        if (mail.subjectId() == null) return Future.succeededFuture(Optional.empty());
        return links.users()
                .findById(mail.subjectId())
                .compose(found -> found.filter(User::isActive)
                        .filter(user -> isFor(user, mail))
                        .map(user -> write(user, String.valueOf(user.pendingEmail()), mail.kind()))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    private static boolean isFor(User user, QueuedMail mail) {
        if (user.pendingEmail() == null) return false;
        return mail.email().equals(mail.kind() == MailKind.NEW_ADDRESS ? user.pendingEmail() : user.email());
    }

    private Future<Optional<Letter>> write(User user, String newEmail, MailKind kind) {
        return kind == MailKind.OLD_ADDRESS
                ? link(user, LinkPurpose.OLD_ADDRESS, newEmail).map(link -> Optional.of(toOld(user.email(), link)))
                : links.users()
                        .findByEmail(newEmail)
                        .compose(taken -> taken.isPresent()
                                ? Future.succeededFuture(Optional.of(toTaken(newEmail)))
                                : link(user, LinkPurpose.NEW_ADDRESS, newEmail)
                                        .map(link -> Optional.of(toNew(newEmail, link))));
    }

    private Future<Secret> link(User user, LinkPurpose purpose, String newEmail) {
        return links.issue(user, purpose, newEmail, List.of());
    }

    private static Letter toNew(String to, Secret link) {
        return new Letter(to, "Confirm your new e-mail address for Parley", """
                Somebody, probably you, wants to use this e-mail address for their
                Parley account. If it was not you, do nothing.

                To confirm that it is yours, open this link within 24 hours.
                """, link);
    }

    private static Letter toOld(String to, Secret link) {
        return new Letter(to, "Confirm the change of your e-mail address for Parley", """
                Somebody, probably you, wants your Parley account to have another e-mail
                address. If it was not you, do not open the link, and change your
                password.

                To agree to the change, open this link within 24 hours.
                """, link);
    }

    // The one who asked for it learns nothing.
    private Letter toTaken(String to) {
        return new Letter(to, "You have a Parley account already", """
                Somebody, probably you, wants another Parley account to have this e-mail
                address. It has an account already, in which nothing has changed. If it
                was not you, do nothing.

                This is where you sign in to it.
                """, new Secret(links.publicUrl() + "/"));
    }
}
