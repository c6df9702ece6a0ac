package io.parley.idempotency;

import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.StoredAnswer;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code idempotency_keys}. */
final class IdempotencyStore {
    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_idempotency_keys_user", Problem.unauthenticated("The account no longer exists."));

    /**
     * A key that is in use.
     *
     * @param isSameRequest whether the request has the key's fingerprint
     * @param answer null while an attempt is running
     */
    record KnownKey(boolean isSameRequest, @Nullable StoredAnswer answer) {}

    private final Database database;
    private final SealedTexts texts;

    IdempotencyStore(Database database) {
        this.database = database.sealing("idempotency_keys", "key");
        this.texts = new SealedTexts(this.database);
    }

    /** Empty if the key belongs to a different request, already has its answer, or has an attempt running. */
    Future<Optional<Attempt>> begin(Begin command) {
        return database.query("""
                    INSERT INTO idempotency_keys AS k (user_id, key, fingerprint, resource_id, locked_until, created_at,
                                                       expires_at)
                    VALUES (#{user_id}, #{key}, decode(#{fingerprint}, 'hex'), #{resource_id},
                            now() + #{timeout} * interval '1 second', now(),
                            now() + #{lifetime} * interval '1 second')
                    ON CONFLICT (user_id, key) DO UPDATE
                       SET fingerprint = excluded.fingerprint,
                           resource_id = CASE WHEN k.expires_at <= excluded.created_at
                                              THEN excluded.resource_id ELSE k.resource_id END,
                           attempt = CASE WHEN k.expires_at <= excluded.created_at THEN 1 ELSE k.attempt + 1 END,
                           created_at = CASE WHEN k.expires_at <= excluded.created_at
                                             THEN excluded.created_at ELSE k.created_at END,
                           expires_at = CASE WHEN k.expires_at <= excluded.created_at
                                             THEN excluded.expires_at ELSE k.expires_at END,
                           locked_until = excluded.locked_until,
                           status = NULL, location = NULL, etag = NULL, body = NULL, sealed = NULL, upload = NULL
                     WHERE k.expires_at <= excluded.created_at
                        OR (k.fingerprint = excluded.fingerprint AND k.status IS NULL
                            AND k.locked_until <= excluded.created_at)
                    RETURNING user_id, key, attempt, resource_id
                    """, IdempotencyStore::attempt)
                .translating(CONSTRAINTS)
                .one(rowOf(command)
                        .and("resource_id", Ids.next())
                        .and("timeout", seconds(command.attemptTimeout()))
                        .and("lifetime", seconds(Idempotency.KEY_LIFETIME)));
    }

    Future<Optional<KnownKey>> find(Begin command) {
        return database.query("""
                    SELECT user_id, key, fingerprint = decode(#{fingerprint}, 'hex') AS is_same_request, status, location,
                           etag, body, sealed, encode(upload, 'hex') AS upload
                      FROM idempotency_keys
                     WHERE user_id = #{user_id} AND key = #{key}
                    """, IdempotencyStore::knownKey).one(rowOf(command));
    }

    // Sealed for everybody who encrypts. The last condition keeps what somebody has just encrypted for the first time,
    // by another process, from being stored in clear.
    Future<None> finish(Finish command) {
        var userId = command.attempt().userId();
        return texts.write(
                        userId,
                        () -> finished(command)
                                .compose(values ->
                                        database.query("""
                    UPDATE idempotency_keys
                       SET status = #{status}, location = #{location}, etag = #{etag}, body = #{body},
                           sealed = #{sealed}::bytea, upload = decode(#{upload}, 'hex')
                     WHERE user_id = #{user_id} AND key = #{key} AND attempt = #{attempt}
                       AND (#{body}::text IS NULL OR NOT EXISTS (SELECT FROM user_keys k WHERE k.user_id = #{user_id}))
                    RETURNING key
                    """, row -> None.NONE).one(values)))
                .map(None.NONE);
    }

    private Future<Parameters> finished(Finish command) {
        var answer = command.answer();
        var attempt = command.attempt();
        var row = rowOf(attempt)
                .and("status", answer.status())
                .and("location", answer.location())
                .and("etag", answer.etag())
                .and("upload", answer.uploadFingerprint());
        return texts.isUsed(attempt.userId())
                .compose(used -> texts.add(
                        Texts.of("body", answer.body()),
                        row,
                        attempt.userId(),
                        attempt.key(),
                        used && answer.body() != null));
    }

    Future<None> unlock(Attempt attempt) {
        return database.query("""
                    UPDATE idempotency_keys
                       SET locked_until = now()
                     WHERE user_id = #{user_id} AND key = #{key} AND attempt = #{attempt}
                    """).run(rowOf(attempt)).map(None.NONE);
    }

    Future<None> delete(Attempt attempt) {
        return database.query("""
                    DELETE FROM idempotency_keys
                     WHERE user_id = #{user_id} AND key = #{key} AND attempt = #{attempt}
                    """).run(rowOf(attempt)).map(None.NONE);
    }

    private static Parameters rowOf(Begin command) {
        return Parameters.of("user_id", command.caller().userId())
                .and("key", command.key())
                .and("fingerprint", command.fingerprint());
    }

    private static Parameters rowOf(Attempt attempt) {
        return Parameters.of("user_id", attempt.userId())
                .and("key", attempt.key())
                .and("attempt", attempt.number());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Attempt attempt(Row row) {
        return new Attempt(
                Rows.uuid(row, "user_id"),
                Rows.text(row, "key"),
                Rows.integer(row, "attempt"),
                Rows.uuid(row, "resource_id"));
    }

    private static KnownKey knownKey(Row row) {
        var status = Rows.nullableInteger(row, "status");
        var answer = status == null
                ? null
                : new StoredAnswer(
                        status,
                        Rows.nullableText(row, "location"),
                        Rows.nullableText(row, "etag"),
                        Rows.nullableText(row, "body"),
                        Rows.nullableText(row, "upload"));
        return new KnownKey(Rows.flag(row, "is_same_request"), answer);
    }
}
