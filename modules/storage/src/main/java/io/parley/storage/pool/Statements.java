package io.parley.storage.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The functions that execute statements with named parameters, cached by text, so that for a known text this is one look-up in a hash
 * map.
 */
public interface Statements {
    /** The functions that were made before, by text or by text and options. */
    final class Made<K, R> {
        private final Map<K, Function<NamedValues, Future<R>>> made = new ConcurrentHashMap<>();
        private final Function<K, Function<NamedValues, Future<R>>> make;

        public Made(Function<K, Function<NamedValues, Future<R>>> make) {
            this.make = make;
        }

        // A plain get first: computeIfAbsent may lock even if the key is there.
        public Function<NamedValues, Future<R>> of(K key) {
            var known = made.get(key);
            return known == null ? made.computeIfAbsent(key, make) : known;
        }

        Set<K> keys() {
            return made.keySet();
        }
    }

    record Small(String sql, boolean isBatched) {}

    record Brief(String sql, Duration limit) {}

    Function<NamedValues, Future<RowSet<Row>>> execution(String sql);

    /** The statement may be sent together with other executions of it. */
    Function<NamedValues, Future<RowSet<Row>>> batched(String sql);

    /**
     * The rows are kept only if they are small.
     *
     * @param isBatched whether the statement may be sent together with other executions of it
     */
    Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched);

    /** The statement is rolled back after this time. */
    Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit);

    /** In one transaction after another statement, which locks what it reads. */
    Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql);

    /** The texts of all statements so far. */
    Set<String> texts();
}
