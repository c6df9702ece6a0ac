package io.parley.users.links;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Secret;
import io.parley.users.mail.Letter;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.MailKind;
import io.parley.users.mail.MailQueue;
import io.parley.users.mail.QueuedMail;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Mails that say that a webhook was switched off. */
public final class WebhookLetters implements LetterWriter {
    private final UserStore users;
    private final String publicUrl;

    public WebhookLetters(UserStore users, String publicUrl) {
        this.users = users;
        this.publicUrl = publicUrl;
    }

    /** Stores a mail to the user, if there still is one. */
    public static Future<Void> queue(UserStore users, MailQueue queue, UUID userId) {
        return users.findById(userId)
                .compose(found -> found.map(
                                user -> queue.add(MailKind.WEBHOOK_OFF, user.email(), userId, new Client(null, null)))
                        .orElseGet(Future::succeededFuture));
    }

    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        return users.findActive(mail.email()).map(found -> found.map(this::letter));
    }

    private Letter letter(User user) {
        return new Letter(
                user.email(), "A webhook of yours was switched off", """
                Parley has switched off a webhook of yours, because its receiver has
                answered that it is gone, or because no request to it has succeeded for
                five days. Nothing is sent to it any more.

                Your settings say which one it is, and switch it on again.
                """, new Secret(publicUrl + "/settings"));
    }
}
