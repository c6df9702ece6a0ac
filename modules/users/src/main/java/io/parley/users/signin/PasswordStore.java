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
import io.parley.users.links.LinkToken;
import io.parley.users.profile.Account;
import io.parley.users.profile.Emails;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The SQL that writes password hashes. */
final class PasswordStore {
    private static final UUID NO_KEPT_SESSION = new UUID(0, 0);

    private final Database database;

    // What follows a part "changed": every session but one ends, and in that one a spent refresh token
    // is not answered again.
    private static final String ENDED = """
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
                    """;

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
     * Stores the hash of a new password, and voids links to choose one. Ends every session but one, and returns those that ended.
     */
    Future<List<UUID>> change(Caller caller, UUID keptSession, String hash, Client client) {
        return database.query("""
                    WITH changed AS (
                        UPDATE users
                           SET password_hash = #{password_hash},
                               updated_at = next_version(updated_at, now())
                         WHERE id = #{id}
                        RETURNING id),
                    void_links AS (
                        DELETE FROM account_tokens t
                         USING changed
                         WHERE t.user_id = #{id} AND t.user_id = changed.id AND t.purpose = 'password_reset'),
                    """ + ENDED, PasswordStore::ended)
                .recording(ended -> List.of(SecurityEvent.own(
                                SecurityEventType.PASSWORD_CHANGED, caller.userId(), new Origin(keptSession, client))
                        .with("sessions_ended", ended.size())))
                .one(Parameters.of("id", caller.userId())
                        .and("kept_session", keptSession)
                        .and("password_hash", hash)
                        .actingFor(caller.userId()))
                .map(ended -> ended.orElse(List.of()));
    }

    /**
     * Stores the hash of a password that was chosen by a link, and spends its token. Ends every session, and returns those that
     * ended; empty if the token is not a live one of this user's. Using a token from a mail verifies the address. If it was not verified
     * before, identities that have never signed in are removed: a stranger may have registered the address with one.
     */
    Future<Optional<List<UUID>>> reset(UUID userId, LinkToken token, String hash, Client client) {
        return database.query("""
                    WITH spent AS (
                        DELETE FROM account_tokens
                         WHERE user_id = #{id} AND purpose = 'password_reset' AND token_hash = #{token_hash}
                           AND expires_at > now()
                        RETURNING user_id, email),
                    unverified AS MATERIALIZED (
                        SELECT u.id FROM users u JOIN spent ON spent.user_id = u.id
                         WHERE u.id = #{id} AND NOT u.email_verified),
                    changed AS (
                        UPDATE users u
                           SET password_hash = #{password_hash},
                               email_verified = u.email_verified OR spent.email IS NOT NULL,
                               updated_at = next_version(u.updated_at, now())
                          FROM spent
                         WHERE u.id = #{id} AND u.id = spent.user_id AND u.is_active
                           AND (spent.email IS NULL OR spent.email = u.email)
                        RETURNING u.id),
                    strangers AS (
                        DELETE FROM user_identities i
                         USING unverified
                         WHERE i.user_id = #{id} AND i.user_id = unverified.id AND i.last_used_at IS NULL),
                    """ + ENDED, PasswordStore::ended)
                .recording(
                        ended -> List.of(SecurityEvent.own(SecurityEventType.PASSWORD_RESET, userId, Origin.of(client))
                                .with("sessions_ended", ended.size())))
                .one(Parameters.of("id", userId)
                        .and("token_hash", token.hash())
                        .and("kept_session", NO_KEPT_SESSION)
                        .and("password_hash", hash)
                        .actingFor(userId));
    }

    private static List<UUID> ended(Row row) {
        return List.of(row.getArrayOfUUIDs("ended"));
    }
}
