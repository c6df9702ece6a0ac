package io.parley.users.signin;

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

    boolean areSent() {
        return sent;
    }

    /** Without a mail server nothing is sent. Fails limited if the client has asked for too many. */
    Future<None> request(MailKind kind, String email, @Nullable UUID subjectId, Client client) {
        if (!sent) return Future.succeededFuture(None.NONE);
        var address = Emails.normalized(email);
        return limit.take(client, address)
                .compose(
                        permitted -> permitted ? queue.add(kind, address, subjectId, client) : Future.succeededFuture())
                .map(None.NONE);
    }
}
