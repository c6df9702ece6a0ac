package io.parley.users.administration;

import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import io.parley.contracts.users.Administration;
import io.parley.contracts.users.User;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Versions;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of administration over the table {@code users}. Each statement looks up in itself whether the caller is an
 * active administrator by now, and meets no row where not.
 */
public final class AdministrationStore {
    private static final String BY_ADMIN = """
        EXISTS (SELECT FROM users a WHERE a.id = #{caller_id} AND a.role = 'admin' AND a.is_active)""";

    // The caller is an active administrator, locked with the others, or the operator at the command line.
    private static final String BY_LOCKED_ADMIN = """
        (#{caller_id}::uuid IS NULL OR EXISTS (
            SELECT FROM locked l WHERE l.id = #{caller_id} AND l.role = 'admin' AND l.is_active))""";

    /** @param ended the sessions that a change of the role or the activity ends; null where there is none */
    record Updated(User user, @Nullable List<UUID> ended) {}

    private final Query<Boolean> isAdmin;
    private final Query<User> find;
    private final Query<Updated> update;
    private final Query<List<UUID>> delete;
    private final Query<Figures> figures;
    private final Listing<User> list;

    public AdministrationStore(Database database) {
        isAdmin = database.statement("SELECT " + BY_ADMIN + " AS is_admin", row -> Rows.flag(row, "is_admin"));
        find = database.statement(
                "SELECT " + UserStore.COLUMNS + " FROM users WHERE id = #{id} AND " + BY_ADMIN, UserStore::user);
        update = database.statement(
                "WITH " + LastAdminRule.LOCKED + ", allowed AS MATERIALIZED (SELECT * FROM target WHERE "
                        + BY_LOCKED_ADMIN
                        + """

                       AND NOT (is_last_admin AND (#{sets_role} AND #{role} <> 'admin'
                                                   OR #{sets_is_active} AND NOT #{is_active}))),
                changed AS (
                    UPDATE users u
                       SET role = CASE WHEN #{sets_role} THEN #{role} ELSE u.role END,
                           is_active = CASE WHEN #{sets_is_active} THEN #{is_active} ELSE u.is_active END,
                           updated_at = greatest(now(), u.updated_at + interval '1 microsecond')
                      FROM allowed
                     WHERE u.id = allowed.id AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                    RETURNING u.id, u.email, u.name, u.role, u.is_superuser, u.is_active, u.theme, u.created_at, u.updated_at,
                              u.role <> allowed.role OR u.is_active <> allowed.is_active AS ends),
                ended AS (
                    INSERT INTO ended_sessions (session_id)
                    SELECT s.family_id
                      FROM sessions s JOIN changed c ON c.id = s.user_id AND c.ends
                     WHERE s.revoked_at IS NULL
                    ON CONFLICT DO NOTHING
                    RETURNING session_id)
                SELECT""" + " " + UserStore.COLUMNS
                        + ", ends, ARRAY(SELECT session_id FROM ended) AS ended FROM changed",
                AdministrationStore::updated);
        // The rows of sessions are still to be seen here: the cascade comes when the statement is done.
        delete = database.statement(
                "WITH " + LastAdminRule.LOCKED + ", allowed AS MATERIALIZED (SELECT id FROM target WHERE "
                        + BY_LOCKED_ADMIN
                        + """

                       AND NOT is_last_admin),
                gone AS (
                    DELETE FROM users u
                     USING allowed
                     WHERE u.id = allowed.id AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                    RETURNING u.id),
                ended AS (
                    INSERT INTO ended_sessions (session_id)
                    SELECT s.family_id FROM sessions s JOIN gone ON gone.id = s.user_id WHERE s.revoked_at IS NULL
                    ON CONFLICT DO NOTHING
                    RETURNING session_id)
                SELECT ARRAY(SELECT session_id FROM ended) AS ended FROM gone
                """,
                AdministrationStore::ended);
        figures = database.statement("""
            SELECT count(*) FILTER (WHERE role = 'admin' AND is_active) AS admin,
                   count(*) FILTER (WHERE role = 'user' AND is_active) AS "user",
                   count(*) FILTER (WHERE NOT is_active) AS deactivated,
                   pg_total_relation_size('users') + pg_total_relation_size('sessions')
                   + pg_total_relation_size('ended_sessions') + pg_total_relation_size('api_keys') AS bytes,
                   count(*) FILTER (WHERE created_at > now() - interval '7 days') AS last_week,
                   count(*) FILTER (WHERE created_at > now() - interval '30 days') AS last_month
              FROM users
            HAVING""" + " " + BY_ADMIN, AdministrationStore::figures);
        list = new Listing<>(
                database,
                "SELECT " + UserStore.COLUMNS + " FROM users WHERE true",
                "created_at",
                "id",
                UserStore::user,
                user -> new Cursor(user.createdAt(), user.id()));
    }

    Future<Boolean> isAdmin(Caller caller) {
        return isAdmin.only(Parameters.of("caller_id", caller.userId()));
    }

    public Future<Page<User>> list(Administration.ListUsers query) {
        var filter = query.filter();
        return list.page(
                Conditions.of(BY_ADMIN, "caller_id", query.caller().userId())
                        .and("role = #{role}", "role", filter.role())
                        .and("is_active = #{is_active}", "is_active", filter.isActive())
                        .and("strpos(lower(concat_ws(E'\\n', email, name)), lower(#{q})) > 0", "q", filter.q()),
                query.page());
    }

    Future<Page<User>> listAdmins(PageRequest slice) {
        return list.page(Conditions.narrowedTo("role = #{role}", "role", Role.ADMIN), slice);
    }

    Future<Optional<User>> find(Administration.Find query) {
        return find.one(Parameters.of("caller_id", query.caller().userId()).and("id", query.id()));
    }

    /** @param caller null stands for the operator */
    Future<Optional<Updated>> update(
            @Nullable Caller caller, UUID id, Versions versions, Administration.AccountPatch patch) {
        return update.one(Parameters.of("caller_id", caller == null ? null : caller.userId())
                .and("id", id)
                .versions(versions)
                .patch("role", patch.role())
                .patch("is_active", patch.isActive()));
    }

    /** The sessions that end with the account. */
    Future<Optional<List<UUID>>> delete(Administration.Delete command) {
        return delete.one(Parameters.of("caller_id", command.caller().userId())
                .and("id", command.id())
                .versions(command.versions()));
    }

    Future<Optional<Figures>> figures(Caller caller) {
        return figures.one(Parameters.of("caller_id", caller.userId()));
    }

    private static Updated updated(Row row) {
        return new Updated(UserStore.user(row), Rows.flag(row, "ends") ? ended(row) : null);
    }

    private static List<UUID> ended(Row row) {
        return List.of(row.getArrayOfUUIDs("ended"));
    }

    private static Figures figures(Row row) {
        return new Figures(
                List.of(count(row, "admin"), count(row, "user"), count(row, "deactivated")),
                Rows.bigint(row, "bytes"),
                Rows.bigint(row, "last_week"),
                Rows.bigint(row, "last_month"));
    }

    private static Count count(Row row, String state) {
        return new Count(state, Rows.bigint(row, state));
    }
}
