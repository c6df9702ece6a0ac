package io.parley.users.addresses;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.links.LinkToken;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL that confirms addresses. Each statement spends the token and does what it is for, or neither. */
final class AddressStore {
    private static final Map<String, Problem> TAKEN = Map.of(
            "uq_users_email",
            Problem.conflict("/token", "Another account has registered this e-mail address in the meantime."));

    private final Database database;

    AddressStore(Database database) {
        this.database = database;
    }

    /** Empty if the token is not a live one of this user's, or for an address that is not the account's any more. */
    Future<Optional<UUID>> verify(UUID userId, LinkToken token, Client client) {
        return database.query("""
                    WITH spent AS (
                        DELETE FROM account_tokens
                         WHERE user_id = #{id} AND purpose = 'verification' AND token_hash = #{token_hash}
                           AND expires_at > now()
                        RETURNING user_id, email),
                    verified AS (
                        UPDATE users u
                           SET email_verified = true, updated_at = next_version(u.updated_at, now())
                          FROM spent
                         WHERE u.id = #{id} AND u.id = spent.user_id AND u.email = spent.email
                        RETURNING u.id)
                    SELECT id FROM verified
                    """, row -> Rows.uuid(row, "id"))
                .recording(id ->
                        List.of(SecurityEvent.own(SecurityEventType.ACCOUNT_EMAIL_VERIFIED, id, Origin.of(client))))
                .one(parameters(userId, token));
    }

    /**
     * Confirms the change of the address from one of its ends; with the last one it happens. Returns whether it did; empty if the
     * token is not a live one of this user's, or for another change. Fails conflict if the new address belongs to an account by
     * now.
     */
    Future<Optional<Boolean>> confirmChange(UUID userId, LinkToken token, Client client) {
        return database.query("""
                    WITH spent AS (
                        DELETE FROM account_tokens
                         WHERE user_id = #{id} AND purpose IN ('new_address', 'old_address') AND token_hash = #{token_hash}
                           AND expires_at > now()
                        RETURNING user_id, email, purpose = 'new_address' AS confirms_new,
                                  purpose = 'old_address' AS confirms_old),
                    confirmed AS (
                        UPDATE users u
                           SET new_email_confirmed = u.new_email_confirmed OR spent.confirms_new,
                               old_email_confirmed = u.old_email_confirmed OR spent.confirms_old,
                               email = CASE WHEN (u.new_email_confirmed OR spent.confirms_new)
                                                 AND (u.old_email_confirmed OR spent.confirms_old)
                                            THEN u.pending_email ELSE u.email END,
                               email_verified = u.email_verified
                                                OR (u.new_email_confirmed OR spent.confirms_new)
                                                   AND (u.old_email_confirmed OR spent.confirms_old),
                               pending_email = CASE WHEN (u.new_email_confirmed OR spent.confirms_new)
                                                         AND (u.old_email_confirmed OR spent.confirms_old)
                                                    THEN NULL ELSE u.pending_email END,
                               updated_at = next_version(u.updated_at, now())
                          FROM spent
                         WHERE u.id = #{id} AND u.id = spent.user_id AND u.pending_email = spent.email
                        RETURNING u.pending_email IS NULL AS is_changed)
                    SELECT is_changed FROM confirmed
                    """, row -> Rows.flag(row, "is_changed"))
                .translating(TAKEN)
                .recording(isChanged -> isChanged
                        ? List.of(SecurityEvent.own(SecurityEventType.ACCOUNT_EMAIL_CHANGED, userId, Origin.of(client)))
                        : List.of())
                .one(parameters(userId, token));
    }

    private static Parameters parameters(UUID userId, LinkToken token) {
        return Parameters.of("id", userId).and("token_hash", token.hash()).actingFor(userId);
    }
}
