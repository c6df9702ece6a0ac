package io.parley.users.links;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the table {@code account_tokens}: a user has one token for a purpose, the newest. It is deleted by the statement that
 * uses it.
 */
public final class LinkStore {
    private static final int PAGE_ROWS = 1_000;

    private final Database database;

    public LinkStore(Database database) {
        this.database = database;
    }

    /**
     * Makes a token, in place of the one before.
     *
     * @param email the address that it proves, or that is to take the place of the account's; null if it is not mailed
     * @param events that it stands for
     */
    public Future<LinkToken> issue(
            UUID userId, LinkPurpose purpose, @Nullable String email, List<SecurityEvent> events) {
        var token = LinkToken.create(purpose.prefix());
        var insertion = database.query("""
                    INSERT INTO account_tokens (user_id, purpose, token_hash, email, expires_at)
                    VALUES (#{user_id}, #{purpose}, #{token_hash}, #{email},
                            now() + #{lifetime} * interval '1 second')
                    ON CONFLICT (user_id, purpose) DO UPDATE
                       SET token_hash = EXCLUDED.token_hash, email = EXCLUDED.email, expires_at = EXCLUDED.expires_at
                    RETURNING user_id
                    """, row -> Rows.uuid(row, "user_id"));
        return (events.isEmpty() ? insertion : insertion.recording(user -> events))
                .only(Parameters.of("user_id", userId)
                        .and("purpose", purpose)
                        .and("token_hash", token.hash())
                        .and("email", email)
                        .and("lifetime", purpose.lifetime().toSeconds()))
                .map(token);
    }

    /** Whose token it is, as long as it is neither used nor expired. Fails invalid, pointing at it, otherwise. */
    public Future<IssuedLink> find(LinkToken token) {
        return database.acrossUsers()
                .query(
                        """
                    SELECT user_id, purpose, email
                      FROM account_tokens
                     WHERE token_hash = #{token_hash} AND expires_at > now()
                    """,
                        row -> new IssuedLink(
                                Rows.uuid(row, "user_id"),
                                Rows.choice(row, "purpose", LinkPurpose.class),
                                Rows.nullableText(row, "email")))
                .one(Parameters.of("token_hash", token.hash()))
                .map(LinkStore::require);
    }

    /** Fails invalid, pointing at the token, if there is nothing. */
    public static <T> T require(Optional<T> found) {
        return found.orElseThrow(
                () -> Problem.invalid("/token", "is not valid, was already used or has expired; ask for a new one"));
    }

    /** Deletes what has expired, a page of it. Returns the number of deleted rows. */
    public Future<Integer> deleteExpired() {
        return database.acrossUsers()
                .query(
                        """
                    SELECT user_id, purpose FROM account_tokens WHERE expires_at < now() ORDER BY expires_at LIMIT #{limit}
                    """,
                        row -> new IssuedLink(
                                Rows.uuid(row, "user_id"), Rows.choice(row, "purpose", LinkPurpose.class), null))
                .list(Parameters.of("limit", PAGE_ROWS))
                .compose(this::deleteExpired);
    }

    private Future<Integer> deleteExpired(List<IssuedLink> expired) {
        Future<Integer> sum = Future.succeededFuture(0);
        for (var link : expired)
            sum = sum.compose(before -> database.query("""
                                DELETE FROM account_tokens
                                 WHERE user_id = #{user_id} AND purpose = #{purpose} AND expires_at < now()
                                """)
                    .run(Parameters.of("user_id", link.userId()).and("purpose", link.purpose()))
                    .map(deleted -> before + deleted));
        return sum;
    }
}
