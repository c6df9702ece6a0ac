package io.parley.users.keys;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
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
import io.parley.storage.Rows;
import io.parley.storage.UserRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code api_keys}. */
final class ApiKeyStore implements EncryptedRows {
    private static final String KEY_ID = "api_key_id";
    private static final String COLUMNS =
            "id, user_id, provider, alias, key_hint, created_at, updated_at, last_used_at";

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_api_keys_user",
            Problem.unauthenticated("The account no longer exists."),
            "uq_api_keys_user_id_provider_alias",
            aliasTaken());

    /** What is stored of a new key. */
    record EncryptedKey(Buffer ciphertext, String hint) {}

    private record Used(StoredSecret key, boolean isFirstToday) {}

    private final Database database;
    private final Ownership ownership;

    public ApiKeyStore(Database database) {
        this.database = database;
        this.ownership =
                new Ownership(database, "provider key", "SELECT user_id, true AS live FROM api_keys WHERE id = #{id}");
    }

    /** If the user has a key with this id already, it is the one of an earlier attempt whose answer got lost. */
    Future<ApiKey> insert(ApiKeys.Create command, EncryptedKey key) {
        var draft = command.draft();
        return database.query("""
                    INSERT INTO api_keys (id, user_id, provider, alias, encrypted_key, key_hint)
                    VALUES (#{id}, #{user_id}, #{provider}, #{alias}, #{encrypted_key}, #{key_hint})
                    ON CONFLICT DO NOTHING
                    RETURNING\s""" + COLUMNS, ApiKeyStore::apiKey)
                .translating(CONSTRAINTS)
                .recording(inserted ->
                        event(SecurityEventType.API_KEY_CREATED, command.caller(), command.id(), command.origin()))
                .one(rowOf(command.caller(), command.id())
                        .and("provider", draft.provider())
                        .and("alias", draft.alias() == null ? ApiKeys.DEFAULT_ALIAS : draft.alias())
                        .and("encrypted_key", key.ciphertext())
                        .and("key_hint", key.hint()))
                .compose(inserted -> inserted.isPresent()
                        ? Future.succeededFuture(inserted)
                        : findOwn(command.caller(), command.id()))
                .map(insertedOrSame -> insertedOrSame.orElseThrow(ApiKeyStore::aliasTaken));
    }

    public Future<ApiKey> find(ApiKeys.Find query) {
        return ownership.read(() -> findOwn(query.caller(), query.id()), query.caller(), query.id());
    }

    private Future<Optional<ApiKey>> findOwn(Caller caller, UUID id) {
        return database.query(
                        "SELECT " + COLUMNS + " FROM api_keys WHERE id = #{id} AND user_id = #{user_id}",
                        ApiKeyStore::apiKey)
                .one(rowOf(caller, id));
    }

    public Future<Page<ApiKey>> list(ApiKeys.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + COLUMNS + " FROM api_keys WHERE true",
                        List.of(),
                        "created_at",
                        "id",
                        ApiKeyStore::apiKey,
                        key -> new Cursor(key.createdAt(), key.id()))
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        query.page());
    }

    /** @param key null keeps the stored key */
    Future<ApiKey> update(ApiKeys.Update command, @Nullable EncryptedKey key) {
        return ownership.change(
                command.versions(),
                () -> database.query("""
                    UPDATE api_keys
                       SET alias = CASE WHEN #{sets_alias} THEN #{alias} ELSE alias END,
                           encrypted_key = CASE WHEN #{sets_key} THEN #{encrypted_key} ELSE encrypted_key END,
                           key_hint = CASE WHEN #{sets_key} THEN #{key_hint} ELSE key_hint END,
                           updated_at = next_version(updated_at, now())
                     WHERE id = #{id} AND user_id = #{user_id} AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING\s""" + COLUMNS, ApiKeyStore::apiKey)
                        .translating(CONSTRAINTS)
                        .recording(updated -> event(
                                SecurityEventType.API_KEY_CHANGED, command.caller(), command.id(), command.origin()))
                        .one(rowOf(command.caller(), command.id())
                                .versions(command.versions())
                                .patch("alias", command.patch().alias())
                                .and("sets_key", key != null)
                                .and("encrypted_key", key == null ? null : key.ciphertext())
                                .and("key_hint", key == null ? null : key.hint())),
                command.caller(),
                command.id());
    }

    public Future<None> delete(ApiKeys.Delete command) {
        return ownership.change(
                command.versions(),
                () -> database.query("""
                    DELETE FROM api_keys
                     WHERE id = #{id} AND user_id = #{user_id} AND (#{any_version} OR updated_at = ANY(#{versions}))
                    RETURNING id
                    """, row -> None.NONE)
                        .recording(deleted -> event(
                                SecurityEventType.API_KEY_DELETED, command.caller(), command.id(), command.origin()))
                        .one(rowOf(command.caller(), command.id()).versions(command.versions())),
                command.caller(),
                command.id());
    }

    /** Finds the key to use and records its use. */
    Future<Optional<StoredSecret>> use(ApiKeys.Reveal query) {
        return database.query("""
                    UPDATE api_keys k
                       SET last_used_at = now()
                      FROM (SELECT id AS chosen_id, last_used_at AS used_before
                              FROM api_keys
                             WHERE user_id = #{user_id} AND provider = #{provider}
                             ORDER BY alias <> 'default', created_at, id
                             LIMIT 1) chosen
                     WHERE k.user_id = #{user_id} AND k.id = chosen_id
                    RETURNING k.id, k.user_id, k.encrypted_key,
                              coalesce(used_before < date_trunc('day', now(), 'UTC'), true) AS is_first_today
                    """, row -> new Used(storedSecret(row), Rows.flag(row, "is_first_today")))
                .one(Parameters.of("user_id", query.caller().userId()).and("provider", query.provider()))
                .compose(found ->
                        found.map(this::recordFirstUse).orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    // Not in the transaction, in which every turn would wait for the lock of the events.
    private Future<Optional<StoredSecret>> recordFirstUse(Used used) {
        var binding = used.key().binding();
        return (used.isFirstToday()
                        ? database.record(
                                SecurityEvent.own(SecurityEventType.API_KEY_USED, binding.userId(), Origin.LOCAL)
                                        .with(KEY_ID, binding.id().toString()))
                        : Future.succeededFuture())
                .map(Optional.of(used.key()));
    }

    // Without the alias, which its owner has written.
    private static List<SecurityEvent> event(SecurityEventType type, Caller caller, UUID id, Origin origin) {
        return List.of(SecurityEvent.own(type, caller.userId(), origin).with(KEY_ID, id.toString()));
    }

    @Override
    public Future<List<UserRow>> listPlaces(ApiKeys.Place after, int limit) {
        return database.acrossUsers()
                .query("""
                    SELECT user_id, id
                      FROM api_keys
                     WHERE (user_id, id) > (#{after_user_id}, #{after_id})
                     ORDER BY user_id, id
                     LIMIT #{limit}
                    """, UserRow::of)
                .list(Parameters.of("after_user_id", after.userId())
                        .and("after_id", after.id())
                        .and("limit", limit));
    }

    @Override
    public Future<List<StoredSecret>> listOutdated(byte[] prefix, UUID userId, UUID[] ids) {
        return database.query("""
                    SELECT id, user_id, encrypted_key
                      FROM api_keys
                     WHERE user_id = #{user_id} AND id = ANY(#{ids})
                       AND substring(encrypted_key FROM 1 FOR 5) <> #{prefix}
                     ORDER BY id
                    """, ApiKeyStore::storedSecret)
                .list(Parameters.of("prefix", Buffer.buffer(prefix))
                        .and("user_id", userId)
                        .and("ids", ids));
    }

    @Override
    public Future<Integer> reencrypt(StoredSecret outdated, Buffer ciphertext) {
        return database.query("""
                    UPDATE api_keys
                       SET encrypted_key = #{encrypted_key}
                     WHERE user_id = #{user_id} AND id = #{id} AND encrypted_key = #{outdated_key}
                    """)
                .run(Parameters.of("user_id", outdated.binding().userId())
                        .and("id", outdated.binding().id())
                        .and("outdated_key", outdated.ciphertext())
                        .and("encrypted_key", ciphertext));
    }

    private static Problem aliasTaken() {
        return Problem.conflict("/alias", "You already have a key for this provider with this alias.");
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    private static StoredSecret storedSecret(Row row) {
        return new StoredSecret(
                new CiphertextBinding(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")), row.getBuffer("encrypted_key"));
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
