package io.parley.users.tokens;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.tokens.PersonalToken;
import io.parley.contracts.tokens.Tokens;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The SQL of the table {@code personal_tokens}, except for the use of a token. */
final class TokenStore {
    static final String TOKEN_ID = "token_id";
    private static final int HINT_LENGTH = 4;
    private static final String COLUMNS = " id, name, scopes, hint, created_at, last_used_at, expires_at ";

    private final Database database;
    private final Ownership ownership;
    private final CredentialRevocation revocation;

    TokenStore(Database database) {
        this.database = database;
        this.revocation = new CredentialRevocation(database, "personal_tokens", TOKEN_ID);
        this.ownership = new Ownership(
                database, "personal token", "SELECT user_id, false AS live FROM personal_tokens WHERE id = #{id}");
    }

    Future<List<Integer>> usedSlots(Caller caller) {
        return database.query(
                        "SELECT slot FROM personal_tokens WHERE user_id = #{user_id}", row -> Rows.integer(row, "slot"))
                .list(Parameters.of("user_id", caller.userId()));
    }

    /** Empty if the slot is taken, or the account no longer active. The lock makes its deactivation wait, which then ends this one too. */
    Future<Optional<PersonalToken>> insert(Tokens.Create command, Secret token, int slot) {
        var draft = command.draft();
        return database.query("""
                    INSERT INTO personal_tokens (id, user_id, slot, name, token_hash, hint, scopes, expires_at)
                    SELECT #{id}, id, #{slot}, #{name}, #{token_hash}, #{hint}, #{scopes}, #{expires_at}
                      FROM users
                     WHERE id = #{user_id} AND is_active
                       FOR SHARE
                    ON CONFLICT DO NOTHING
                    RETURNING""" + COLUMNS, TokenStore::token)
                .recording(created -> List.of(SecurityEvent.own(
                                SecurityEventType.TOKEN_CREATED,
                                command.caller().userId(),
                                command.origin())
                        .with(TOKEN_ID, created.id().toString())
                        .with(
                                "scopes",
                                created.scopes().stream().map(Scope::text).toList())))
                .one(Parameters.of("id", Ids.next())
                        .and("user_id", command.caller().userId())
                        .and("slot", slot)
                        .and("name", draft.name())
                        .and("token_hash", hash(token))
                        .and("hint", token.value().substring(token.value().length() - HINT_LENGTH))
                        .and("scopes", draft.scopes().stream().map(Scope::text).toArray(String[]::new))
                        .and(
                                "expires_at",
                                draft.expiresAt() == null
                                        ? null
                                        : draft.expiresAt().atOffset(ZoneOffset.UTC)));
    }

    Future<PersonalToken> find(Tokens.Find query) {
        var row = database.query(
                "SELECT" + COLUMNS + "FROM personal_tokens WHERE user_id = #{user_id} AND id = #{id}",
                TokenStore::token);
        return ownership.read(
                () -> row.one(Parameters.of("user_id", query.caller().userId()).and("id", query.id())),
                query.caller(),
                query.id());
    }

    Future<Page<PersonalToken>> list(Tokens.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT" + COLUMNS + "FROM personal_tokens WHERE true",
                        List.of(),
                        "created_at",
                        "id",
                        TokenStore::token,
                        token -> new Cursor(token.createdAt(), token.id()))
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        query.page());
    }

    Future<List<UUID>> revoke(Tokens.Revoke command) {
        return ownership.change(
                () -> revocation
                        .end(
                                command.caller().userId(),
                                "id = #{id}",
                                Parameters.of("id", command.id()),
                                SecurityEvent.own(
                                        SecurityEventType.TOKEN_REVOKED,
                                        command.caller().userId(),
                                        command.origin()))
                        .map(ended -> ended.isEmpty() ? Optional.<List<UUID>>empty() : Optional.of(ended)),
                command.caller(),
                command.id());
    }

    Future<List<UUID>> revokeAll(UUID userId) {
        return revocation.end(
                userId,
                "true",
                Parameters.none(),
                SecurityEvent.about(SecurityEventType.TOKEN_REVOKED, userId, null, Origin.LOCAL));
    }

    static Buffer hash(Secret token) {
        return Buffer.buffer(Sha256.of(token.value()));
    }

    static List<Scope> scopes(Row row) {
        return Stream.of(row.getArrayOfStrings("scopes"))
                .map(text -> Scope.of(text).orElseThrow())
                .toList();
    }

    private static PersonalToken token(Row row) {
        return new PersonalToken(
                Rows.uuid(row, "id"),
                Rows.text(row, "name"),
                scopes(row),
                Rows.text(row, "hint"),
                Rows.instant(row, "created_at"),
                Rows.nullableInstant(row, "last_used_at"),
                Rows.nullableInstant(row, "expires_at"));
    }
}
