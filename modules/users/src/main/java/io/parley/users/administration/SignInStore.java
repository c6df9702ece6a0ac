package io.parley.users.administration;

import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.kernel.Page;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of what administrators see of the way users sign in. One statement for a page, which each node answers for its users. */
final class SignInStore {
    private record SignIn(
            UUID userId,
            boolean hasTotp,
            int passkeys,
            @Nullable Instant last) {}

    private final Database database;

    SignInStore(Database database) {
        this.database = database.acrossUsers();
    }

    Future<Page<AdministeredUser>> addTo(Page<AdministeredUser> page) {
        return addTo(page.items()).map(users -> new Page<>(users, page.nextCursor()));
    }

    Future<AdministeredUser> addTo(AdministeredUser user) {
        return addTo(List.of(user)).map(users -> users.get(0));
    }

    private Future<List<AdministeredUser>> addTo(List<AdministeredUser> users) {
        if (users.isEmpty()) return Future.succeededFuture(users);
        return database.query("""
                    SELECT user_id, bool_or(totp) AS has_totp, sum(passkeys)::int AS passkeys, max(signed_in_at) AS signed_in_at
                      FROM (SELECT user_id, confirmed_at IS NOT NULL AS totp, 0 AS passkeys, NULL::timestamptz AS signed_in_at
                              FROM second_factors WHERE user_id = ANY(#{user_ids})
                            UNION ALL
                            SELECT user_id, false, 1, NULL FROM passkeys WHERE user_id = ANY(#{user_ids})
                            UNION ALL
                            SELECT user_id, false, 0, max(signed_in_at) FROM sessions WHERE user_id = ANY(#{user_ids})
                             GROUP BY user_id) ways
                     GROUP BY user_id
                    """, SignInStore::signIn)
                .list(Parameters.of(
                        "user_ids", users.stream().map(AdministeredUser::id).toArray(UUID[]::new)))
                .map(rows -> rows.stream().collect(Collectors.toMap(SignIn::userId, Function.identity())))
                .map(found -> users.stream().map(user -> added(user, found)).toList());
    }

    private static AdministeredUser added(AdministeredUser user, Map<UUID, SignIn> found) {
        var signIn = found.get(user.id());
        return signIn == null ? user : user.with(signIn.hasTotp(), signIn.passkeys(), signIn.last());
    }

    private static SignIn signIn(Row row) {
        return new SignIn(
                Rows.uuid(row, "user_id"),
                Rows.flag(row, "has_totp"),
                Rows.integer(row, "passkeys"),
                Rows.nullableInstant(row, "signed_in_at"));
    }
}
