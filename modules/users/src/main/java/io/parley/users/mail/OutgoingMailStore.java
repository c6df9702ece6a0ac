package io.parley.users.mail;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code outgoing_mails}, which belongs to no user. */
final class OutgoingMailStore {
    private final Database database;

    /** A mail that is due, and how often it has been tried so far. */
    record Due(UUID id, int attempts) {}

    OutgoingMailStore(Database database) {
        this.database = database;
    }

    Future<Integer> insert(MailKind kind, String email, @Nullable UUID subjectId, Client client) {
        return database.query("""
                    INSERT INTO outgoing_mails (id, kind, email, subject_id, ip, user_agent)
                    VALUES (#{id}, #{kind}, #{email}, #{subject_id}, #{ip}, #{user_agent})
                    """)
                .run(Parameters.of("id", Ids.next())
                        .and("kind", kind)
                        .and("email", email)
                        .and("subject_id", subjectId)
                        .and("ip", client.ip())
                        .and("user_agent", client.userAgent()));
    }

    Future<List<Due>> due(int limit) {
        return database.query("""
                    SELECT id, attempts FROM outgoing_mails WHERE due_at <= now() ORDER BY due_at LIMIT #{limit}
                    """, row -> new Due(Rows.uuid(row, "id"), Rows.integer(row, "attempts")))
                .list(Parameters.of("limit", limit));
    }

    /**
     * Takes a mail so that nobody else tries it until the lease is over; empty if somebody else has taken it, which the number of
     * attempts shows.
     */
    Future<Optional<QueuedMail>> claim(Due mail, Duration lease) {
        return database.query("""
                    UPDATE outgoing_mails
                       SET attempts = attempts + 1, due_at = now() + make_interval(secs => #{seconds})
                     WHERE id = #{id} AND attempts = #{attempts}
                    RETURNING id, kind, email, subject_id, ip, user_agent, attempts
                    """, OutgoingMailStore::mail)
                .one(Parameters.of("id", mail.id())
                        .and("attempts", mail.attempts())
                        .and("seconds", (double) lease.toSeconds()));
    }

    Future<Integer> delete(UUID id) {
        return database.query("DELETE FROM outgoing_mails WHERE id = #{id}").run(Parameters.of("id", id));
    }

    /** Gives up mails that have waited for so long, and returns their number. */
    Future<Integer> deleteOlderThan(Duration age) {
        return database.query("DELETE FROM outgoing_mails WHERE created_at < now() - make_interval(secs => #{seconds})")
                .run(Parameters.of("seconds", (double) age.toSeconds()));
    }

    private static QueuedMail mail(Row row) {
        return new QueuedMail(
                Rows.uuid(row, "id"),
                Rows.choice(row, "kind", MailKind.class),
                Rows.text(row, "email"),
                Rows.nullableUuid(row, "subject_id"),
                new Client(Rows.nullableText(row, "user_agent"), Rows.nullableText(row, "ip")),
                Rows.integer(row, "attempts"));
    }
}
