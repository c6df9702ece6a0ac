package io.parley.users.keys;

import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code api_keys}. */
public final class ApiKeyStore {
    private static final String COLUMNS =
            "id, user_id, provider, alias, key_hint, created_at, updated_at, last_used_at";

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_api_keys_user",
            Problem.unauthenticated("The account is gone."),
            "uq_api_keys_user_id_provider_alias",
            aliasTaken());

    /** What is kept of a key. */
    record Sealed(Buffer encrypted, String hint) {}

    /** A ciphertext where it lies. */
    record Stored(KeyEncryption.Place place, Buffer encrypted) {}

    private final Query<ApiKey> insert;
    private final Query<ApiKey> find;
    private final Query<ApiKey> update;
    private final Query<None> delete;
    private final Query<Stored> use;
    private final Query<Stored> listOutdated;
    private final Query<None> reencrypt;
    private final Listing<ApiKey> list;
    private final Ownership ownership;

    public ApiKeyStore(Database database) {
        insert = database.statement("""
            INSERT INTO api_keys (id, user_id, provider, alias, encrypted_key, key_hint)
            VALUES (#{id}, #{user_id}, #{provider}, #{alias}, #{encrypted_key}, #{key_hint})
            ON CONFLICT DO NOTHING
            RETURNING""" + " " + COLUMNS, ApiKeyStore::apiKey).translating(CONSTRAINTS);
        find = database.statement(
                "SELECT " + COLUMNS + " FROM api_keys WHERE id = #{id} AND user_id = #{user_id}", ApiKeyStore::apiKey);
        update = database.statement("""
            UPDATE api_keys
               SET alias = CASE WHEN #{sets_alias} THEN #{alias} ELSE alias END,
                   encrypted_key = CASE WHEN #{sets_key} THEN #{encrypted_key} ELSE encrypted_key END,
                   key_hint = CASE WHEN #{sets_key} THEN #{key_hint} ELSE key_hint END,
                   updated_at = greatest(now(), updated_at + interval '1 microsecond')
             WHERE id = #{id} AND user_id = #{user_id} AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING""" + " " + COLUMNS, ApiKeyStore::apiKey).translating(CONSTRAINTS);
        delete = database.statement("""
            DELETE FROM api_keys
             WHERE id = #{id} AND user_id = #{user_id} AND (#{any_version} OR updated_at = ANY(#{versions}))
            RETURNING id
            """, row -> None.NONE);
        use = database.statement("""
            UPDATE api_keys
               SET last_used_at = now()
             WHERE id = (SELECT id FROM api_keys
                          WHERE user_id = #{user_id} AND provider = #{provider}
                          ORDER BY alias <> 'default', created_at, id
                          LIMIT 1)
            RETURNING id, user_id, encrypted_key
            """, ApiKeyStore::stored);
        listOutdated = database.statement("""
            SELECT id, user_id, encrypted_key
              FROM api_keys
             WHERE id > #{after} AND substring(encrypted_key FROM 1 FOR 5) <> #{prefix}
             ORDER BY id
             LIMIT #{limit}
            """, ApiKeyStore::stored);
        reencrypt = database.statement("""
            UPDATE api_keys SET encrypted_key = #{encrypted_key} WHERE id = #{id} AND encrypted_key = #{outdated_key}
            """, row -> None.NONE);
        list = new Listing<>(
                database,
                "SELECT " + COLUMNS + " FROM api_keys WHERE true",
                "created_at",
                "id",
                ApiKeyStore::apiKey,
                key -> new Cursor(key.createdAt(), key.id()));
        ownership =
                new Ownership(database, "provider key", "SELECT user_id, true AS live FROM api_keys WHERE id = #{id}");
    }

    /** One that is there already under this id is the same, from an attempt whose answer got lost. */
    Future<ApiKey> insert(ApiKeys.Create command, Sealed sealed) {
        var draft = command.draft();
        return insert.one(own(command.caller(), command.id())
                        .and("provider", draft.provider())
                        .and("alias", draft.alias() == null ? ApiKeys.DEFAULT_ALIAS : draft.alias())
                        .and("encrypted_key", sealed.encrypted())
                        .and("key_hint", sealed.hint()))
                .compose(inserted -> inserted.isPresent()
                        ? Future.succeededFuture(inserted)
                        : find.one(own(command.caller(), command.id())))
                .map(insertedOrSame -> insertedOrSame.orElseThrow(ApiKeyStore::aliasTaken));
    }

    Future<ApiKey> find(ApiKeys.Find query) {
        return find.one(own(query.caller(), query.id()))
                .compose(found -> ownership.require(found, query.caller(), query.id()));
    }

    Future<Page<ApiKey>> list(ApiKeys.ListMine query) {
        return list.page(
                Conditions.of("user_id = #{user_id}", "user_id", query.caller().userId()), query.page());
    }

    /** @param sealed the new key; null keeps the one that is there */
    Future<ApiKey> update(ApiKeys.Update command, @Nullable Sealed sealed) {
        return update.one(own(command.caller(), command.id())
                        .versions(command.versions())
                        .patch("alias", command.patch().alias())
                        .and("sets_key", sealed != null)
                        .and("encrypted_key", sealed == null ? null : sealed.encrypted())
                        .and("key_hint", sealed == null ? null : sealed.hint()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    Future<None> delete(ApiKeys.Delete command) {
        return delete.one(own(command.caller(), command.id()).versions(command.versions()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    /** Notes that it is used. */
    Future<Optional<Stored>> use(ApiKeys.Reveal query) {
        return use.one(Parameters.of("user_id", query.caller().userId()).and("provider", query.provider()));
    }

    /** Those that do not begin as the primary key's do, in the order of their ids. */
    Future<List<Stored>> listOutdated(byte[] prefix, UUID after, int limit) {
        return listOutdated.list(Parameters.of("prefix", Buffer.buffer(prefix))
                .and("after", after)
                .and("limit", limit));
    }

    /** Nothing where its owner has changed it meanwhile. */
    Future<Integer> reencrypt(Stored outdated, Buffer encrypted) {
        return reencrypt.run(Parameters.of("id", outdated.place().id())
                .and("outdated_key", outdated.encrypted())
                .and("encrypted_key", encrypted));
    }

    private static Problem aliasTaken() {
        return Problem.conflict("/alias", "There is a key for this provider under this alias.");
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    private static Stored stored(Row row) {
        return new Stored(
                new KeyEncryption.Place(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")),
                row.getBuffer("encrypted_key"));
    }

    private static ApiKey apiKey(Row row) {
        return new ApiKey(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                Rows.text(row, "provider"),
                Rows.text(row, "alias"),
                Rows.text(row, "key_hint"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"),
                Rows.nullableInstant(row, "last_used_at"));
    }
}
