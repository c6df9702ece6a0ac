package io.parley.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.User.Theme;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
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
import io.parley.storage.Rows;
import io.parley.users.profile.Emails;
import io.parley.users.profile.LastAdminRule;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of administration over the table {@code users}. Each statement itself checks that the caller is still an active
 * administrator, and finds no row otherwise. How the users sign in is for {@link SignInStore} to add.
 */
final class AdministrationStore {
    private static final String BY_ADMIN = """
        EXISTS (SELECT FROM users a WHERE a.id = #{caller_id} AND a.role = 'admin' AND a.is_active)""";

    // The caller is an active administrator, whose row is locked with the others, or the operator at the command line.
    private static final String BY_LOCKED_ADMIN = """
        (#{caller_id}::uuid IS NULL OR EXISTS (
            SELECT FROM locked l WHERE l.id = #{caller_id} AND l.role = 'admin' AND l.is_active))""";

    // Without the instructions, which only their owner sees.
    private static final String COLUMNS = """
        id, email, email_verified, name, role, is_superuser, is_active, theme, time_zone, default_provider, default_model, created_at, updated_at
        """;

    /** @param ended the sessions that end because the role or the activation has changed */
    record Updated(AdministeredUser user, boolean hasNewRole, boolean hasNewActivation, List<UUID> ended) {
        boolean ends() {
            return hasNewRole || hasNewActivation;
        }
    }

    private final Database database;

    AdministrationStore(Database database) {
        this.database = database.acrossUsers();
    }

    Future<Boolean> isAdmin(Caller caller) {
        return database.query("SELECT " + BY_ADMIN + " AS is_admin", row -> Rows.flag(row, "is_admin"))
                .only(Parameters.of("caller_id", caller.userId()));
    }

    Future<Page<AdministeredUser>> list(Administration.ListUsers query) {
        var filter = query.filter();
        return listing()
                .page(
                        Conditions.of(BY_ADMIN, "caller_id", query.caller().userId())
                                .and("role = #{role}", "role", filter.role())
                                .and("is_active = #{is_active}", "is_active", filter.isActive())
                                .and("strpos(lower(concat_ws(E'\\n', email, name)), lower(#{q})) > 0", "q", filter.q()),
                        query.page());
    }

    /** For the operator at the command line, so without a caller. */
    Future<Page<AdministeredUser>> listAdmins(PageRequest page) {
        return listing().page(Conditions.narrowedTo("role = #{role}", "role", Role.ADMIN), page);
    }

    /** For the operator at the command line, so without a caller. */
    Future<Optional<AdministeredUser>> findByEmail(String email) {
        return database.query("SELECT " + COLUMNS + " FROM users WHERE email = #{email}", AdministrationStore::user)
                .one(Parameters.of("email", Emails.normalized(email)));
    }

    private Listing<AdministeredUser> listing() {
        return new Listing<>(
                database,
                "SELECT " + COLUMNS + " FROM users WHERE true",
                List.of(),
                "created_at",
                "id",
                AdministrationStore::user,
                user -> new Cursor(user.createdAt(), user.id()));
    }

    Future<Optional<AdministeredUser>> find(Administration.Find query) {
        return database.query(
                        "SELECT " + COLUMNS + " FROM users WHERE id = #{id} AND " + BY_ADMIN, AdministrationStore::user)
                .one(Parameters.of("caller_id", query.caller().userId()).and("id", query.id()));
    }

    /**
     * Empty if the caller is not an administrator, there is no such user or version, or the last administrator would be lost. The
     * part {@code allowed} names the id again because Citus loses its row if the parameters make the rest of the condition
     * constant.
     *
     * @param caller null stands for the operator at the command line
     */
    Future<Optional<Updated>> update(
            @Nullable Caller caller, UUID id, Versions versions, Administration.AccountPatch patch, Origin origin) {
        return database.query(
                        "WITH " + LastAdminRule.LOCKED + """
                    , allowed AS MATERIALIZED (
                        SELECT id, role, is_active
                          FROM target
                         WHERE id = #{id}
                           AND NOT (is_last_admin AND (#{sets_role} AND #{role} <> 'admin'
                                                       OR #{sets_is_active} AND NOT #{is_active}))
                           AND\s""" + BY_LOCKED_ADMIN + """
                    ),
                    changed AS (
                        UPDATE users u
                           SET role = CASE WHEN #{sets_role} THEN #{role} ELSE u.role END,
                               is_active = CASE WHEN #{sets_is_active} THEN #{is_active} ELSE u.is_active END,
                               updated_at = next_version(u.updated_at, now())
                          FROM allowed
                         WHERE u.id = allowed.id AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                        RETURNING u.id, u.email, u.email_verified, u.name, u.role, u.is_superuser, u.is_active, u.theme, u.time_zone,
                                  u.default_provider, u.default_model, u.created_at, u.updated_at,
                                  u.role <> allowed.role AS has_new_role,
                                  u.is_active <> allowed.is_active AS has_new_activation),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT s.user_id, s.family_id
                          FROM sessions s JOIN changed c ON c.id = s.user_id AND (c.has_new_role OR c.has_new_activation)
                         WHERE s.user_id = #{id} AND s.revoked_at IS NULL
                        ON CONFLICT DO NOTHING
                        RETURNING session_id)
                    SELECT has_new_role, has_new_activation, ARRAY(SELECT session_id FROM ended) AS ended,\s""" + COLUMNS + """
                     FROM changed
                    """,
                        AdministrationStore::updated)
                .recording(updated -> events(updated, caller, origin))
                .one(Parameters.of("caller_id", caller == null ? null : caller.userId())
                        .and("id", id)
                        .versions(versions)
                        .patch("role", patch.role())
                        .patch("is_active", patch.isActive()));
    }

    /**
     * Returns the sessions that end with the account; empty for the same reasons as {@link #update}. The sessions are read
     * first, because a distributed database runs the cascade with the part that deletes the user.
     */
    Future<Optional<List<UUID>>> delete(Administration.Delete command) {
        return database.query("WITH " + LastAdminRule.LOCKED + """
                    , allowed AS MATERIALIZED (
                        SELECT id FROM target
                         WHERE NOT is_last_admin
                           AND\s""" + BY_LOCKED_ADMIN + """
                    ),
                    live AS MATERIALIZED (
                        SELECT family_id FROM sessions WHERE user_id = #{id} AND revoked_at IS NULL
                        UNION ALL SELECT id FROM personal_tokens WHERE user_id = #{id}
                        UNION ALL SELECT id FROM oauth_grants WHERE user_id = #{id}),
                    deleted AS (
                        DELETE FROM users u
                         USING allowed
                         WHERE u.id = allowed.id AND (#{any_version} OR u.updated_at = ANY(#{versions}))
                        RETURNING u.id),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT deleted.id, live.family_id FROM deleted CROSS JOIN live
                        ON CONFLICT DO NOTHING
                        RETURNING session_id)
                    SELECT ARRAY(SELECT session_id FROM ended) AS ended FROM deleted
                    """, AdministrationStore::ended)
                .recording(ended -> List.of(SecurityEvent.about(
                        SecurityEventType.ACCOUNT_DELETED, command.id(), command.caller(), command.origin())))
                .one(Parameters.of("caller_id", command.caller().userId())
                        .and("id", command.id())
                        .versions(command.versions()));
    }

    private static Updated updated(Row row) {
        return new Updated(user(row), Rows.flag(row, "has_new_role"), Rows.flag(row, "has_new_activation"), ended(row));
    }

    private static List<SecurityEvent> events(Updated updated, @Nullable Caller actor, Origin origin) {
        var user = updated.user();
        var events = new ArrayList<SecurityEvent>();
        if (updated.hasNewRole())
            events.add(SecurityEvent.about(SecurityEventType.ACCOUNT_ROLE_CHANGED, user.id(), actor, origin)
                    .with("role", user.role().name().toLowerCase(Locale.ROOT)));
        if (updated.hasNewActivation()) {
            var type = user.isActive() ? SecurityEventType.ACCOUNT_ACTIVATED : SecurityEventType.ACCOUNT_DEACTIVATED;
            events.add(SecurityEvent.about(type, user.id(), actor, origin));
        }
        return events;
    }

    private static AdministeredUser user(Row row) {
        return new AdministeredUser(
                Rows.uuid(row, "id"),
                Rows.text(row, "email"),
                Rows.flag(row, "email_verified"),
                Rows.nullableText(row, "name"),
                Rows.choice(row, "role", Role.class),
                Rows.flag(row, "is_superuser"),
                Rows.flag(row, "is_active"),
                Rows.choice(row, "theme", Theme.class),
                Rows.text(row, "time_zone"),
                Rows.nullableText(row, "default_provider"),
                Rows.nullableText(row, "default_model"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                false,
                0,
                null);
    }

    private static List<UUID> ended(Row row) {
        return List.of(row.getArrayOfUUIDs("ended"));
    }
}
