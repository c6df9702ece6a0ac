package io.parley.users.profile;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.TimeZones;
import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.contracts.users.Users;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code users}, except for passwords and for what administrators change. */
public final class UserStore {
    /** The columns that {@link #user} reads. */
    public static final String COLUMNS = """
        id, email, email_verified, pending_email, name, role, is_superuser, is_active, theme, time_zone, language, instructions, default_provider, default_model,
        encrypt_by_default, created_at, updated_at
        """;

    private final Database database;

    public UserStore(Database database) {
        this.database = database;
    }

    /** Whether anybody has registered yet. */
    public Future<Boolean> exist() {
        return database.query("SELECT EXISTS (SELECT FROM users) AS has_users", row -> Rows.flag(row, "has_users"))
                .only(Parameters.none());
    }

    public Future<Optional<Account>> findByEmail(String email) {
        return database.query(
                        "SELECT password_hash, " + COLUMNS + " FROM users WHERE email = #{email}", UserStore::account)
                .one(Parameters.of("email", Emails.normalized(email)));
    }

    /** Empty if the account is deactivated. */
    public Future<Optional<User>> findActive(String email) {
        return findByEmail(email).map(found -> found.map(Account::user).filter(User::isActive));
    }

    /** Fails unauthenticated if the account no longer exists. */
    public Future<Account> findAccount(Caller caller) {
        return database.query("SELECT password_hash, " + COLUMNS + " FROM users WHERE id = #{id}", UserStore::account)
                .one(Parameters.of("id", caller.userId()))
                .map(found -> found.orElseThrow(UserStore::noAccount));
    }

    /** Fails unauthenticated if the account no longer exists. */
    public Future<User> find(Users.Find query) {
        return findById(query.caller().userId()).map(found -> found.orElseThrow(UserStore::noAccount));
    }

    public Future<Optional<User>> findById(UUID id) {
        return database.query("SELECT " + COLUMNS + " FROM users WHERE id = #{id}", UserStore::user)
                .one(Parameters.of("id", id));
    }

    private record Updated(User user, boolean hasNewEmail) {}

    /**
     * Fails stale, or unauthenticated if the account no longer exists.
     *
     * @param confirmsEmail whether another address is pending until it is confirmed
     */
    public Future<User> update(Users.Update command, boolean confirmsEmail) {
        var patch = command.patch();
        var update = database.query("""
                    UPDATE users
                       SET name = CASE WHEN #{sets_name} THEN #{name} ELSE name END,
                           theme = CASE WHEN #{sets_theme} THEN #{theme} ELSE theme END,
                           email = CASE WHEN #{sets_email} AND NOT #{confirms_email} THEN #{email} ELSE email END,
                           email_verified = email_verified AND NOT (#{sets_email} AND NOT #{confirms_email} AND #{email} <> email),
                           pending_email = CASE WHEN NOT #{sets_email} THEN pending_email
                                                WHEN #{confirms_email} AND #{email} <> email THEN #{email} END,
                           new_email_confirmed = new_email_confirmed AND NOT #{sets_email},
                           old_email_confirmed = CASE WHEN #{sets_email} THEN NOT email_verified ELSE old_email_confirmed END,
                           time_zone = CASE WHEN #{sets_time_zone} THEN #{time_zone} ELSE time_zone END,
                           language = CASE WHEN #{sets_language} THEN #{language} ELSE language END,
                           instructions = CASE WHEN #{sets_instructions} THEN #{instructions} ELSE instructions END,
                           default_provider =
                               CASE WHEN #{sets_default_provider} THEN #{default_provider} ELSE default_provider END,
                           default_model = CASE WHEN #{sets_default_model} THEN #{default_model} ELSE default_model END,
                           encrypt_by_default = CASE WHEN #{sets_encrypt_by_default} THEN coalesce(#{encrypt_by_default}, false)
                                                     ELSE encrypt_by_default END,
                           updated_at = next_version(updated_at, now())
                      FROM (SELECT email AS old_email FROM users WHERE id = #{id}) old
                     WHERE id = #{id} AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING email <> old_email AS has_new_email,\s""" + COLUMNS, UserStore::updated).translating(Emails.TAKEN);
        return (patch.email().present() ? update.recording(updated -> emailChanged(updated, command)) : update)
                .one(Parameters.of("id", command.caller().userId())
                        .versions(command.versions())
                        .patch("name", patch.name())
                        .patch("theme", patch.theme())
                        .patch("email", patch.email().map(Emails::normalized))
                        .and("confirms_email", confirmsEmail)
                        .patch("time_zone", orDefault(patch.timeZone()))
                        .patch("language", patch.language())
                        .patch("instructions", patch.instructions())
                        .patch("default_provider", patch.defaultProvider())
                        .patch("default_model", patch.defaultModel())
                        .patch("encrypt_by_default", patch.encryptByDefault()))
                .compose(updated -> updated.map(done -> Future.succeededFuture(done.user()))
                        .orElseGet(() -> staleOrNoAccount(command.caller())));
    }

    // Without the addresses: the old one belongs to no account any more.
    private static List<SecurityEvent> emailChanged(Updated updated, Users.Update command) {
        return updated.hasNewEmail()
                ? List.of(SecurityEvent.own(
                        SecurityEventType.ACCOUNT_EMAIL_CHANGED,
                        updated.user().id(),
                        new Origin(command.sessionId(), command.client())))
                : List.of();
    }

    private static Updated updated(Row row) {
        return new Updated(user(row), Rows.flag(row, "has_new_email"));
    }

    private static Patch<String> orDefault(Patch<String> timeZone) {
        return timeZone.present() && timeZone.value() == null ? Patch.to(TimeZones.DEFAULT) : timeZone;
    }

    private Future<User> staleOrNoAccount(Caller caller) {
        return find(new Users.Find(caller)).compose(user -> Future.failedFuture(Problem.stale("user")));
    }

    /**
     * Returns the sessions that end with the account. Fails stale, or conflict if it is the last administrator's. The
     * sessions are read first, because a distributed database runs the cascade with the part that deletes the user.
     */
    public Future<List<UUID>> delete(Users.Delete command) {
        return database.query("WITH " + LastAdminRule.LOCKED + """
                    , live AS MATERIALIZED (
                        SELECT family_id FROM sessions WHERE user_id = #{id} AND revoked_at IS NULL
                        UNION ALL SELECT id FROM personal_tokens WHERE user_id = #{id}
                        UNION ALL SELECT id FROM oauth_grants WHERE user_id = #{id}),
                    deleted AS (
                        DELETE FROM users u
                         USING target
                         WHERE u.id = target.id AND NOT target.is_last_admin
                           AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                        RETURNING u.id),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT deleted.id, live.family_id FROM deleted CROSS JOIN live
                        ON CONFLICT DO NOTHING
                        RETURNING session_id)
                    SELECT ARRAY(SELECT session_id FROM ended) AS ended FROM deleted
                    """, row -> List.of(row.getArrayOfUUIDs("ended")))
                .recording(ended -> List.of(SecurityEvent.own(
                        SecurityEventType.ACCOUNT_DELETED,
                        command.caller().userId(),
                        new Origin(command.sessionId(), command.client()))))
                .one(Parameters.of("id", command.caller().userId())
                        .versions(command.versions())
                        .actingFor(command.caller().userId()))
                .compose(ended -> ended.map(Future::succeededFuture).orElseGet(() -> requireDeleted(command)));
    }

    // The account may have been deleted already.
    private Future<List<UUID>> requireDeleted(Users.Delete command) {
        return findById(command.caller().userId())
                .compose(found -> found.isPresent()
                        ? Future.failedFuture(LastAdminRule.problem(found.get(), command.versions()))
                        : Future.succeededFuture(List.of()));
    }

    private static Problem noAccount() {
        return Problem.unauthenticated("The account no longer exists.");
    }

    public static Account account(Row row) {
        return new Account(user(row), Rows.nullableText(row, "password_hash"));
    }

    public static User user(Row row) {
        return new User(
                Rows.uuid(row, "id"),
                Rows.text(row, "email"),
                Rows.flag(row, "email_verified"),
                Rows.nullableText(row, "pending_email"),
                Rows.nullableText(row, "name"),
                Rows.choice(row, "role", Caller.Role.class),
                Rows.flag(row, "is_superuser"),
                Rows.flag(row, "is_active"),
                Rows.choice(row, "theme", Theme.class),
                Rows.text(row, "time_zone"),
                Rows.nullableText(row, "language"),
                Rows.nullableText(row, "instructions"),
                Rows.nullableText(row, "default_provider"),
                Rows.nullableText(row, "default_model"),
                Rows.flag(row, "encrypt_by_default"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
