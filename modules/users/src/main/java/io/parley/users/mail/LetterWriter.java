package io.parley.users.mail;

import io.vertx.core.Future;
import java.util.Optional;

/** Writes one kind of mail when it is sent, so that no token waits in the database. */
public interface LetterWriter {
    /** Empty if there is nothing to send any more, such as to an address without an account. */
    Future<Optional<Letter>> write(QueuedMail mail);
}
