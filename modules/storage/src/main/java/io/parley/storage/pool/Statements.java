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
public final class Statements {
    private final Source source;
    private final Cache<String, RowSet<Row>> executions;
    private final Cache<String, RowSet<Row>> batched;
    private final Cache<Small, SmallRows> small;
    private final Cache<Brief, RowSet<Row>> brief;
    private final Cache<Locked, RowSet<Row>> locked;

    /** Where statements are executed. It makes a new function for each call. */
    public interface Source {
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

        /** Whether what the current request reads may come from a replica, which may not have a row that the primary has. */
        boolean mayReadReplica();
    }

    private record Small(String sql, boolean isBatched) {}

    private record Brief(String sql, Duration limit) {}

    private record Locked(String lock, String sql) {}

    /** Functions by the text of their statement, or by text and options. */
    private static final class Cache<K, R> {
        private final Map<K, Function<NamedValues, Future<R>>> functions = new ConcurrentHashMap<>();
        private final Function<K, Function<NamedValues, Future<R>>> make;

        Cache(Function<K, Function<NamedValues, Future<R>>> make) {
            this.make = make;
        }

        // A plain get first: computeIfAbsent may lock even if the key is there.
        Function<NamedValues, Future<R>> of(K key) {
            var known = functions.get(key);
            return known == null ? functions.computeIfAbsent(key, make) : known;
        }
    }

    public Statements(Source source) {
        this.source = source;
        executions = new Cache<>(source::execution);
        batched = new Cache<>(source::batched);
        small = new Cache<>(each -> source.small(each.sql(), each.isBatched()));
        brief = new Cache<>(each -> source.brief(each.sql(), each.limit()));
        locked = new Cache<>(each -> source.locked(each.lock(), each.sql()));
    }

    /** See {@link Source#execution}, as for the following ones. */
    public Function<NamedValues, Future<RowSet<Row>>> execution(String sql) {
        return executions.of(sql);
    }

    public Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        return batched.of(sql);
    }

    public Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        return small.of(new Small(sql, isBatched));
    }

    public Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return brief.of(new Brief(sql, limit));
    }

    public Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        execution(lock); // so that it is one of the texts that tests examine
        return locked.of(new Locked(lock, sql));
    }

    public boolean mayReadReplica() {
        return source.mayReadReplica();
    }

    /** The texts of all statements so far. */
    public Set<String> texts() {
        return executions.functions.keySet();
    }
}
