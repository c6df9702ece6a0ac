package io.parley.storage.keys;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the texts of rows of one table and opens them again: one JSON object in the column {@code sealed}, while the columns of the
 * texts are null. Associated data are the table, the user and the id of the row.
 */
public final class Seal {
    private static final Logger log = LoggerFactory.getLogger(Seal.class);

    /** Bytes by which something sealed is longer: the id of its key (Tink's prefix, 5), nonce (12) and tag (16). */
    public static final int OVERHEAD = 33;

    private static final String COLUMN = "sealed";
    private static final String USER = "user_id";

    private final UserKeys keys;
    private final String table;
    private final List<String> id;

    /** @param id the columns that, with the user, identify a row; joined by slashes if there are several */
    public Seal(UserKeys keys, String table, List<String> id) {
        this.keys = keys;
        this.table = table;
        this.id = List.copyOf(id);
    }

    public UserKeys keys() {
        return keys;
    }

    public String table() {
        return table;
    }

    /** @param texts by their columns */
    public Buffer seal(UserKey key, String id, Map<String, @Nullable String> texts) {
        var json = new JsonObject();
        texts.forEach(json::put);
        return key.seal(json.toBuffer(), table, id);
    }

    /** Bytes that are no texts, in a column of their own; longer by {@link #OVERHEAD}. */
    public Buffer sealBytes(UserKey key, String id, Buffer bytes) {
        return key.seal(bytes, table, id);
    }

    /** What {@link #sealBytes} has sealed. Fails unavailable if it was tampered with, or is that of another row. */
    public Future<Buffer> openBytes(UUID userId, String id, Buffer sealed) {
        return keyOf(userId, List.of(sealed)).map(key -> openBytes(key, id, sealed));
    }

    private Buffer openBytes(UserKey key, String id, Buffer sealed) {
        try {
            return key.open(sealed, table, id);
        } catch (GeneralSecurityException failure) {
            throw unreadable(key, id);
        }
    }

    /** The texts by their columns. Fails unavailable if the row was tampered with, or is another one. */
    public Future<Map<String, @Nullable String>> open(UUID userId, String id, Buffer sealed) {
        return keyOf(userId, List.of(sealed)).map(key -> open(key, id, sealed));
    }

    /** The same rows, with the texts of those that are sealed in their columns. Statements must select user and id. */
    public Future<Iterable<Row>> open(Iterable<Row> rows) {
        var first = rows.iterator();
        int column = first.hasNext() ? first.next().getColumnIndex(COLUMN) : -1;
        if (column < 0) return Future.succeededFuture(rows);
        var sealed = new HashMap<UUID, List<Buffer>>();
        for (var row : rows) {
            var bytes = row.getBuffer(column);
            if (bytes != null)
                sealed.computeIfAbsent(row.getUUID(USER), user -> new ArrayList<>())
                        .add(bytes);
        }
        return sealed.isEmpty() ? Future.succeededFuture(rows) : keysOf(sealed).map(found -> open(rows, found));
    }

    private Future<Map<UUID, UserKey>> keysOf(Map<UUID, List<Buffer>> sealed) {
        var found = sealed.entrySet().stream()
                .map(each -> keyOf(each.getKey(), each.getValue()))
                .toList();
        return Future.all(found)
                .map(all -> all.<UserKey>list().stream().collect(Collectors.toMap(UserKey::userId, key -> key)));
    }

    // Another process may have added a key since this one has read them.
    private Future<UserKey> keyOf(UUID userId, List<Buffer> sealed) {
        return keys.find(userId)
                .compose(found -> hasSealed(found, sealed) ? Future.succeededFuture(found) : keys.load(userId))
                .map(found -> found.orElseThrow(() -> {
                    log.error("Rows of {} of the user {} are sealed, and there is no key", table, userId);
                    return Problem.unavailable();
                }));
    }

    private static boolean hasSealed(Optional<UserKey> key, List<Buffer> sealed) {
        return key.isPresent() && sealed.stream().allMatch(key.get()::hasSealed);
    }

    private List<Row> open(Iterable<Row> rows, Map<UUID, UserKey> found) {
        var opened = new ArrayList<Row>();
        for (var row : rows) {
            var bytes = row.getBuffer(COLUMN);
            var key = bytes == null ? null : found.get(row.getUUID(USER));
            opened.add(key == null ? row : new OpenedRow(row, open(key, id(row), bytes)));
        }
        return opened;
    }

    private String id(Row row) {
        return id.stream().map(column -> String.valueOf(row.getValue(column))).collect(Collectors.joining("/"));
    }

    private Map<String, @Nullable String> open(UserKey key, String id, Buffer sealed) {
        try {
            var json = key.open(sealed, table, id).toJsonObject();
            var texts = new LinkedHashMap<String, @Nullable String>();
            for (var name : new HashSet<>(json.fieldNames())) texts.put(name, json.getString(name));
            return texts;
        } catch (GeneralSecurityException | DecodeException | ClassCastException failure) {
            throw unreadable(key, id);
        }
    }

    private Problem unreadable(UserKey key, String id) {
        log.error("The row {} of {} of the user {} cannot be opened", id, table, key.userId());
        return Problem.unavailable();
    }
}
