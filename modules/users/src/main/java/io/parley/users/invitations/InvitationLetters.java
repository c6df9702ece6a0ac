package io.parley.users.invitations;

import io.parley.contracts.users.administration.Invitations;
import io.parley.storage.Database;
import io.parley.users.links.LinkToken;
import io.parley.users.mail.Letter;
import io.parley.users.mail.LetterWriter;
import io.parley.users.mail.QueuedMail;
import io.vertx.core.Future;
import java.util.Optional;

/** Mails to people who are invited. */
public final class InvitationLetters implements LetterWriter {
    private final InvitationStore store;
    private final String publicUrl;

    public InvitationLetters(Database database, String publicUrl) {
        this.store = new InvitationStore(database);
        this.publicUrl = publicUrl;
    }

    /** Empty if the invitation has been used or revoked, or has expired. */
    @Override
    public Future<Optional<Letter>> write(QueuedMail mail) {
        if (mail.subjectId() == null) return Future.succeededFuture(Optional.empty());
        var token = LinkToken.create(InvitationRules.TOKEN_PREFIX);
        return store.setMailedToken(mail.subjectId(), token)
                .map(rows -> rows == 0 ? Optional.empty() : Optional.of(letter(mail.email(), token)));
    }

    private Letter letter(String to, LinkToken token) {
        return new Letter(to, "Your invitation to Parley", """
                You are invited to Parley, an assistant that works with you on your
                tasks.

                To create your account, open this link. It works once.
                """, Invitations.link(publicUrl, token.token()));
    }
}
