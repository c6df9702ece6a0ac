package io.parley.users.mail;

import io.parley.contracts.users.Mails;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Queues mails. It does the same work whether or not there is an account, so that the time of an answer does not reveal which. */
public final class MailQueue {
    private final OutgoingMailStore store;
    private final Bus bus;

    public MailQueue(Database database, Bus bus) {
        this.store = new OutgoingMailStore(database);
        this.bus = bus;
    }

    /** Completes when the mail is stored. It is sent soon afterwards, also if this process dies. */
    public Future<Void> add(MailKind kind, String email, @Nullable UUID subjectId, Client client) {
        return store.insert(kind, email, subjectId, client)
                .onSuccess(stored -> bus.publish(Mails.QUEUED, new Mails.Queued()))
                .mapEmpty();
    }
}
