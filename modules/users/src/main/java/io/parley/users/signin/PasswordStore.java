package io.parley.users.signin;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.users.profile.Account;
import io.parley.users.profile.Emails;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The SQL that writes password hashes. */
final class PasswordStore {
    private final Database database;

    PasswordStore(Database database) {
        this.database = database;
    }

    /** Creates an account. Fails conflict if the e-mail address is taken. */
    Future<Account> insert(Users.Registration registration, Role role, String passwordHash, Client client) {
        return database.query("""
                    INSERT INTO users (id, email, password_hash, name, role, time_zone)
                    VALUES (#{id}, #{email}, #{password_hash}, #{name}, #{role}, #{time_zone})
                    RETURNING password_hash,\s""" + UserStore.COLUMNS, UserStore::account)
                .translating(Emails.TAKEN)
                .recording(account -> List.of(SecurityEvent.own(
                        SecurityEventType.ACCOUNT_REGISTERED, account.user().id(), Origin.of(client))))
                .only(Parameters.of("id", Ids.next())
                        .and("email", Emails.normalized(registration.email()))
                        .and("password_hash", passwordHash)
                        .and("name", registration.name())
                        .and("role", role)
                        .and("time_zone", Objects.requireNonNullElse(registration.timeZone(), TimeZones.DEFAULT)));
    }

    /** Stores another hash of the same password; has no effect if the password has changed in the meantime. */
    Future<Integer> rehash(Account account, String hash) {
        return database.query("""
                    UPDATE users
                       SET password_hash = #{password_hash}
                     WHERE id = #{id} AND password_hash = #{outdated_hash}
                    """)
                .run(Parameters.of("id", account.user().id())
                        .and("outdated_hash", account.passwordHash())
                        .and("password_hash", hash));
    }

    /**
     * Stores the hash of a new password. Ends every session but one, and returns those that ended. In the session that stays,
     * a spent refresh token is not answered again.
     */
    Future<List<UUID>> change(Caller caller, UUID keptSession, String hash, Client client) {
        return database.query("""
                    WITH changed AS (
                        UPDATE users
                           SET password_hash = #{password_hash},
                               updated_at = next_version(updated_at, now())
                         WHERE id = #{id}
                        RETURNING id),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT s.user_id, s.family_id FROM sessions s JOIN changed ON changed.id = s.user_id
                         WHERE s.user_id = #{id} AND s.revoked_at IS NULL AND s.family_id <> #{kept_session}
                        ON CONFLICT DO NOTHING
                        RETURNING session_id),
                    without_grace AS (
                        UPDATE sessions s SET grace_until = NULL
                          FROM changed
                         WHERE s.user_id = #{id} AND s.user_id = changed.id AND s.grace_until > now())
                    SELECT ARRAY(SELECT session_id FROM ended) AS ended FROM changed
                    """, row -> List.of(row.getArrayOfUUIDs("ended")))
                .recording(ended -> List.of(SecurityEvent.own(
                                SecurityEventType.PASSWORD_CHANGED, caller.userId(), new Origin(keptSession, client))
                        .with("sessions_ended", ended.size())))
                .one(Parameters.of("id", caller.userId())
                        .and("kept_session", keptSession)
                        .and("password_hash", hash)
                        .actingFor(caller.userId()))
                .map(ended -> ended.orElse(List.of()));
    }
}
