package io.parley.storage.sealing;

import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Contention;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.Seal;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the texts of one table: each in its column, or all together in {@code sealed} while their columns are null. What is sealed is
 * never sent to the database in clear, except once if another process has just made the user's key: the statement then stores nothing.
 */
public final class SealedTexts {
    private final Database database;
    private final Seal seal;
    private final UserKeys keys;

    /** @param database for the table, as {@link Database#sealing} makes it */
    public SealedTexts(Database database) {
        this.database = database;
        this.seal = database.seal();
        this.keys = seal.keys();
    }

    /** Adds the texts and {@code sealed} to the parameters of an INSERT. */
    public Future<Parameters> add(Texts texts, Parameters row, UUID userId, Object id, boolean encrypted) {
        if (encrypted) return seal(texts, userId, id).map(bytes -> add(texts, row, bytes));
        return Future.succeededFuture(add(texts, row, null));
    }

    private static Parameters add(Texts texts, Parameters row, @Nullable Buffer sealed) {
        texts.byColumn().forEach((column, text) -> row.and(column, sealed == null ? text : null));
        return row.and("sealed", sealed);
    }

    public Future<Buffer> seal(Texts texts, UUID userId, Object id) {
        return keys.require(userId).map(key -> seal.seal(key, id.toString(), texts.byColumn()));
    }

    /** Whether the user may have something encrypted, so that it is worth looking whether a row is. */
    public Future<Boolean> isUsed(UUID userId) {
        return keys.find(userId).map(Optional::isPresent);
    }

    /**
     * Writes again if nothing was written and the user, who seemed to have nothing encrypted, has a key now.
     *
     * @param write stores nothing in clear that belongs to something encrypted
     */
    public <T> Future<Optional<T>> write(UUID userId, Supplier<Future<Optional<T>>> write) {
        return isUsed(userId)
                .compose(used -> write.get()
                        .compose(written -> written.isPresent() || used
                                ? Future.succeededFuture(written)
                                : keys.load(userId)
                                        .compose(key ->
                                                key.isPresent() ? write.get() : Future.succeededFuture(written))));
    }

    /**
     * Changes a row as it is stored: clear or sealed. Of changes at the same time, those that find another one stored first are made again,
     * {@link Contention#ATTEMPTS} times in all; then it fails unavailable.
     *
     * @param patches of the columns of texts
     * @param isVersioned whether the row must have a version that the caller names; then there is no second attempt
     * @param update the statement, with {@link TextChanges#SET_SEALED} and {@link TextChanges#IS_UNCHANGED}; it finds no row if that
     *     was changed meanwhile
     */
    public <T> Future<Optional<T>> update(
            UUID userId,
            UUID id,
            Map<String, Patch<String>> patches,
            boolean isVersioned,
            Function<TextChanges, Future<Optional<T>>> update) {
        if (patches.values().stream().noneMatch(Patch::present))
            return update.apply(new TextChanges(patches, null, null));
        return write(
                userId,
                () -> sealedBefore(userId, id)
                        .compose(before ->
                                attempt(userId, id, patches, before, isVersioned, Contention.ATTEMPTS, update)));
    }

    // A row that others have changed each time is there all the same: empty would be taken for a row that is not.
    private <T> Future<Optional<T>> attempt(
            UUID userId,
            UUID id,
            Map<String, Patch<String>> patches,
            Optional<Buffer> before,
            boolean isVersioned,
            int attempts,
            Function<TextChanges, Future<Optional<T>>> update) {
        if (before.isEmpty()) return update.apply(new TextChanges(patches, null, null));
        return changes(userId, id, patches, before.get())
                .compose(update)
                .compose(updated -> updated.isPresent() || isVersioned
                        ? Future.succeededFuture(updated)
                        : sealedBefore(userId, id).compose(now -> {
                            if (now.equals(before)) return Future.succeededFuture(updated);
                            return attempts > 1
                                    ? attempt(userId, id, patches, now, false, attempts - 1, update)
                                    : Future.failedFuture(Problem.unavailable());
                        }));
    }

    // Under another name, so that it is not opened.
    private Future<Optional<Buffer>> sealedBefore(UUID userId, UUID id) {
        return isUsed(userId).compose(used -> used ? readSealed(userId, id) : Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<Buffer>> readSealed(UUID userId, UUID id) {
        return database.query(
                        "SELECT sealed AS sealed_before FROM " + seal.table()
                                + " WHERE user_id = #{user_id} AND id = #{id} AND sealed IS NOT NULL",
                        (Row row) -> row.getBuffer("sealed_before"))
                .batched()
                .one(Parameters.of("user_id", userId).and("id", id));
    }

    private Future<TextChanges> changes(UUID userId, UUID id, Map<String, Patch<String>> patches, Buffer before) {
        return seal.open(userId, id.toString(), before).compose(texts -> {
            var changed = new LinkedHashMap<>(texts);
            patches.forEach((column, patch) -> {
                if (patch.present()) changed.put(column, patch.value());
            });
            Map<String, Patch<String>> absent =
                    patches.keySet().stream().collect(Collectors.toMap(column -> column, column -> Patch.absent()));
            return keys.require(userId)
                    .map(key -> new TextChanges(absent, seal.seal(key, id.toString(), changed), before));
        });
    }
}
