package io.parley.users.mail;

import io.parley.kernel.async.Futures;
import io.parley.storage.Database;
import io.parley.users.mail.OutgoingMailStore.Due;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that are due, one after the other. One that fails is tried again, later and later, for an hour. Every node may run
 * one: a mail is claimed before it is sent.
 */
public final class MailDispatcher {
    private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);

    /** For this long, sending a mail is tried again. Later its token would be of little use, and its reader has asked for another. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** Until the second attempt; doubled with each further one. Longer than an attempt can take, because nobody else must try meanwhile. */
    private static final Duration FIRST_LEASE = Duration.ofSeconds(60);

    private static final int MAX_DOUBLINGS = 4;
    private static final int AT_ONCE = 20;

    private final OutgoingMailStore store;
    private final Map<MailKind, LetterWriter> writers;
    private final Smtp smtp;
    private final Deque<Due> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean wanted;

    public MailDispatcher(Database database, Map<MailKind, LetterWriter> writers, Smtp smtp) {
        this.store = new OutgoingMailStore(database);
        this.writers = Map.copyOf(writers);
        this.smtp = smtp;
    }

    /** Sends what is due. While it runs, a further call makes it look again at its end. */
    public void run() {
        wanted = true;
        if (running) return;
        running = true;
        Futures.loop(this::step)
                .onFailure(failure -> log.warn("Mails could not be read: {}", failure.getMessage()))
                .onComplete(done -> running = false);
    }

    private Future<Boolean> step() {
        if (!waiting.isEmpty()) return send(waiting.removeFirst()).map(true);
        if (!wanted) return Future.succeededFuture(false);
        wanted = false;
        return store.deleteOlderThan(PATIENCE)
                .onSuccess(MailDispatcher::reportGivenUp)
                .compose(deleted -> store.due(AT_ONCE))
                .map(due -> {
                    waiting.addAll(due);
                    wanted |= due.size() == AT_ONCE;
                    return wanted || !due.isEmpty();
                });
    }

    private static void reportGivenUp(int mails) {
        if (mails > 0) log.warn("Gave up {} mails that could not be sent within an hour", mails);
    }

    private Future<Void> send(Due due) {
        return store.claim(due, lease(due.attempts()))
                .compose(claimed -> claimed.map(this::deliver).orElseGet(Future::succeededFuture))
                .recover(failure -> {
                    log.warn("A mail could not be sent and will be tried again: {}", failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    private static Duration lease(int attempts) {
        return FIRST_LEASE.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    }

    private Future<Void> deliver(QueuedMail mail) {
        var writer = writers.get(mail.kind());
        if (writer == null) return Future.failedFuture("nobody writes " + mail.kind());
        return writer.write(mail)
                .compose(letter -> letter.map(smtp::send).orElseGet(Future::succeededFuture))
                .compose(sent -> store.delete(mail.id()))
                .mapEmpty();
    }
}
