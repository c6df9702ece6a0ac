package io.parley.users.profile;

import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.contracts.users.Users;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.parley.users.administration.LastAdminRule;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code users}. */
public final class UserStore {
    public static final String COLUMNS =
            "id, email, name, role, is_superuser, is_active, theme, created_at, updated_at";

    private static final Map<String, Problem> EMAIL_TAKEN =
            Map.of("uq_users_email", Problem.conflict("/email", "There is an account with this e-mail address."));

    private final Query<Account> insert;
    private final Query<Account> findByEmail;
    private final Query<Account> findAccount;
    private final Query<User> find;
    private final Query<User> update;
    private final Query<None> renewHash;
    private final Query<UUID> changePassword;
    private final Query<UUID> delete;

    public UserStore(Database database) {
        insert = database.statement("""
            INSERT INTO users (id, email, password_hash, name)
            VALUES (#{id}, #{email}, #{password_hash}, #{name})
            RETURNING password_hash,""" + " " + COLUMNS, UserStore::account).translating(EMAIL_TAKEN);
        findByEmail = database.statement(
                "SELECT password_hash, " + COLUMNS + " FROM users WHERE email = #{email}", UserStore::account);
        findAccount = database.statement(
                "SELECT password_hash, " + COLUMNS + " FROM users WHERE id = #{id}", UserStore::account);
        find = database.statement("SELECT " + COLUMNS + " FROM users WHERE id = #{id}", UserStore::user);
        update = database.statement("""
            UPDATE users
               SET name = CASE WHEN #{sets_name} THEN #{name} ELSE name END,
                   theme = CASE WHEN #{sets_theme} THEN #{theme} ELSE theme END,
                   email = CASE WHEN #{sets_email} THEN #{email} ELSE email END,
                   updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING""" + " " + COLUMNS, UserStore::user).translating(EMAIL_TAKEN);
        renewHash = database.statement("""
            UPDATE users SET password_hash = #{password_hash} WHERE id = #{id} AND password_hash = #{outdated_hash}
            """, row -> None.NONE);
        changePassword = database.statement("""
            WITH changed AS (
                UPDATE users
                   SET password_hash = #{password_hash},
                       updated_at = greatest(now(), updated_at + interval '1 microsecond')
                 WHERE id = #{id}
                RETURNING id)
            INSERT INTO ended_sessions (session_id)
            SELECT s.family_id FROM sessions s JOIN changed ON changed.id = s.user_id
             WHERE s.revoked_at IS NULL AND s.family_id <> #{kept}
            ON CONFLICT DO NOTHING
            RETURNING session_id
            """, UserStore::ended);
        // The rows of sessions are still to be seen here: the cascade comes when the statement is done.
        delete = database.statement("WITH " + LastAdminRule.LOCKED + """
            , gone AS (
                DELETE FROM users u
                 USING target
                 WHERE u.id = target.id AND NOT target.is_last_admin
                   AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                RETURNING u.id)
            INSERT INTO ended_sessions (session_id)
            SELECT s.family_id FROM sessions s JOIN gone ON gone.id = s.user_id WHERE s.revoked_at IS NULL
            ON CONFLICT DO NOTHING
            RETURNING session_id
            """, UserStore::ended);
    }

    /** Fails conflict where the e-mail address is taken. */
    Future<Account> insert(Users.Registration registration, String passwordHash) {
        return insert.only(Parameters.of("id", Ids.next())
                .and("email", Emails.normal(registration.email()))
                .and("password_hash", passwordHash)
                .and("name", registration.name()));
    }

    public Future<Optional<Account>> findByEmail(String email) {
        return findByEmail.one(Parameters.of("email", Emails.normal(email)));
    }

    public Future<Optional<User>> findById(UUID id) {
        return find.one(Parameters.of("id", id));
    }

    /** Fails unauthenticated where the account is gone. */
    Future<Account> findAccount(Caller caller) {
        return findAccount.one(Parameters.of("id", caller.userId())).map(found -> found.orElseThrow(UserStore::gone));
    }

    /** Fails unauthenticated where the account is gone. */
    Future<User> find(Caller caller) {
        return findById(caller.userId()).map(found -> found.orElseThrow(UserStore::gone));
    }

    /** Fails stale, or unauthenticated where the account is gone. */
    Future<User> update(Users.Update command) {
        var patch = command.patch();
        return update.one(Parameters.of("id", command.caller().userId())
                        .versions(command.versions())
                        .patch("name", patch.name())
                        .patch("theme", patch.theme())
                        .patch("email", patch.email().map(Emails::normal)))
                .compose(
                        updated -> updated.map(Future::succeededFuture).orElseGet(() -> staleOrGone(command.caller())));
    }

    /** Puts another hash of the same password in place, unless the password has changed meanwhile. */
    Future<Integer> renewHash(Account account, String hash) {
        return renewHash.run(Parameters.of("id", account.user().id())
                .and("outdated_hash", account.passwordHash())
                .and("password_hash", hash));
    }

    /** The sessions that end with the old password: all but the kept one. */
    Future<List<UUID>> changePassword(Caller caller, UUID kept, String hash) {
        return changePassword.list(
                Parameters.of("id", caller.userId()).and("kept", kept).and("password_hash", hash));
    }

    /** The sessions that end with the account; fails stale, or conflict for the last administrator. */
    Future<List<UUID>> delete(Users.Delete command) {
        return delete.list(Parameters.of("id", command.caller().userId()).versions(command.versions()))
                .compose(ended -> ended.isEmpty() ? refusedUnlessGone(command) : Future.succeededFuture(ended));
    }

    private <T> Future<T> staleOrGone(Caller caller) {
        return find(caller).compose(user -> Future.failedFuture(Problem.stale("user")));
    }

    // An account whose sessions had all ended already goes without any to tell of.
    private Future<List<UUID>> refusedUnlessGone(Users.Delete command) {
        return findById(command.caller().userId())
                .compose(found -> found.isPresent()
                        ? Future.failedFuture(LastAdminRule.problem(found.get(), command.versions()))
                        : Future.succeededFuture(List.of()));
    }

    private static Problem gone() {
        return Problem.unauthenticated("The account is gone.");
    }

    private static UUID ended(Row row) {
        return row.getUUID("session_id");
    }

    private static Account account(Row row) {
        return new Account(user(row), row.getString("password_hash"));
    }

    public static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("name"),
                Rows.choice(row, "role", Caller.Role.class),
                row.getBoolean("is_superuser"),
                row.getBoolean("is_active"),
                Rows.choice(row, "theme", Theme.class),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
