package io.parley.users.links;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.None;
import io.parley.users.limits.MailLimit;
import io.parley.users.mail.MailKind;
import io.parley.users.mail.MailQueue;
import io.parley.users.profile.Emails;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mails that clients ask for, within limits. Nothing here depends on whether an address has an account. */
public final class RequestedMails {
    private final MailLimit limit;
    private final MailQueue queue;
    private final boolean sent;

    /** @param sent whether there is a mail server */
    public RequestedMails(MailLimit limit, MailQueue queue, boolean sent) {
        this.limit = limit;
        this.queue = queue;
        this.sent = sent;
    }

    public boolean areSent() {
        return sent;
    }

    /** Sends a mail if it is permitted. Fails limited if the client has asked for too many. */
    public Future<None> request(MailKind kind, String email, @Nullable UUID subjectId, Client client) {
        if (!sent) return Future.succeededFuture(None.NONE);
        var address = Emails.normalized(email);
        return permit(kind, address, client)
                .compose(permitted -> permitted ? send(kind, address, subjectId, client) : Future.succeededFuture())
                .map(None.NONE);
    }

    /**
     * Whether another mail of this kind may be sent to the address, in lower case. If not, nothing must say so. Fails limited if the client has
     * asked for too many.
     */
    public Future<Boolean> permit(MailKind kind, String address, Client client) {
        return limit.take(client, kind.name(), address);
    }

    /** The same for somebody who is signed in: fails limited in both cases. */
    public Future<Void> permitOwn(MailKind kind, String address, Client client) {
        return limit.takeOwn(client, kind.name(), address);
    }

    /** Sends a mail that is permitted. Without a mail server nothing is sent. */
    public Future<Void> send(MailKind kind, String address, @Nullable UUID subjectId, Client client) {
        return sent ? queue.add(kind, address, subjectId, client) : Future.succeededFuture();
    }
}
