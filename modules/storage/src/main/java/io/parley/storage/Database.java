package io.parley.storage;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.connections.PoolConnections;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.keys.Seal;
import io.parley.storage.keys.UserKeys;
import io.parley.storage.pages.PageLimits;
import io.parley.storage.pool.NamedValues;
import io.parley.storage.pool.PoolPerLoop;
import io.parley.storage.pool.PooledStatements;
import io.parley.storage.pool.SmallRows;
import io.parley.storage.pool.Statements;
import io.parley.storage.replicas.Replicas;
import io.parley.storage.replicas.ReplicatedStatements;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database connections that all verticles of this process share. */
public final class Database {
    private final PoolPerLoop pools;
    private final @Nullable Database acrossUsers;
    private final SearchLimits searchLimits;
    private final PageLimits pageLimits;
    private final Statements statements;
    private final @Nullable Replicas replicas;
    private final SecurityLog securityLog;
    private final @Nullable UserKeys keys;
    private final @Nullable Seal seal;

    Database(
            PoolPerLoop pools,
            boolean pooler,
            @Nullable Database acrossUsers,
            SearchLimits searchLimits,
            PageLimits pageLimits) {
        this.pools = pools;
        this.acrossUsers = acrossUsers;
        this.searchLimits = searchLimits;
        this.pageLimits = pageLimits;
        this.statements = new Statements(new PooledStatements(pools, pooler));
        this.replicas = null;
        this.securityLog = new SecurityLog(pools, statements);
        this.keys = null;
        this.seal = null;
    }

    // The same connections and statements.
    private Database(Database other, SearchLimits searchLimits, @Nullable UserKeys keys, @Nullable Seal seal) {
        this(other, other.statements, other.replicas, searchLimits, keys, seal);
    }

    // The same connections.
    private Database(
            Database other,
            Statements statements,
            @Nullable Replicas replicas,
            SearchLimits searchLimits,
            @Nullable UserKeys keys,
            @Nullable Seal seal) {
        this.pools = other.pools;
        this.acrossUsers = other.acrossUsers;
        this.searchLimits = searchLimits;
        this.pageLimits = other.pageLimits;
        this.statements = statements;
        this.replicas = replicas;
        this.securityLog = other.securityLog;
        this.keys = keys;
        this.seal = seal;
    }

    /** As the other one, with pages of at most 4 MiB. */
    public static Database connect(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        return connect(vertx, url, settings, PageLimits.DEFAULT_BYTES);
    }

    /**
     * Opens no connection yet: if the server is down, the first statement fails.
     *
     * @param pageBytes the size of the largest page of a list
     */
    public static Database connect(Vertx vertx, DatabaseUrl url, PoolSettings settings, int pageBytes) {
        return new Database(
                PoolPerLoop.open(vertx, url, settings, null),
                settings.pooler(),
                null,
                SearchLimits.DEFAULT,
                new PageLimits(vertx, pageBytes));
    }

    /**
     * As the other ones, with connections that see the rows of one user at a time. {@code RowSecurity} must have been enabled.
     *
     * @param systemUrl of connections for what crosses users, not through a pooler
     */
    public static Database connectSecured(
            Vertx vertx, DatabaseUrl url, DatabaseUrl systemUrl, PoolSettings settings, int pageBytes) {
        var pageLimits = new PageLimits(vertx, pageBytes);
        var system = new Database(
                PoolPerLoop.open(vertx, systemUrl, settings.ofSystem(), DatabaseRole.SYSTEM),
                false,
                null,
                SearchLimits.DEFAULT,
                pageLimits);
        return new Database(
                PoolPerLoop.open(vertx, url, settings, DatabaseRole.APP),
                settings.pooler(),
                system,
                SearchLimits.DEFAULT,
                pageLimits);
    }

    /**
     * For statements that range over several users: background work, figures, the owner of an id, administration. With row-level
     * security they run on connections of their own, which see nothing that users wrote; else on the same.
     */
    public Database acrossUsers() {
        return acrossUsers == null ? this : acrossUsers;
    }

    /** Whether a statement sees one user's rows only, so that it must not write those of several. */
    public boolean isSecured() {
        return pools.isSecured();
    }

    /** The same connections, with other limits for searches. */
    public Database limitingSearches(SearchLimits limits) {
        return new Database(this, limits, keys, seal);
    }

    /** The same connections, with the keys that seal what users write. */
    public Database with(UserKeys keys) {
        return new Database(this, searchLimits, keys, null);
    }

    /**
     * The same connections for one table whose rows may be sealed: rows that have a column {@code sealed} are opened before they
     * are mapped.
     *
     * @param id the columns that, with the user, identify a row
     */
    public Database sealing(String table, String... id) {
        return new Database(this, searchLimits, keys, new Seal(keys(), table, List.of(id)));
    }

    /** The same connections, with replicas for those who use {@link #replicated}. */
    public Database with(Replicas standbys) {
        return new Database(this, statements, standbys, searchLimits, keys, seal);
    }

    /**
     * The same connections, and those to the replicas if any are set, for tables that requests may read at replicas. Statements that write
     * these tables for their users must use it as well. A statement that begins with SELECT must not call a function that writes.
     * Transactions with security events do not count as writes.
     */
    public Database replicated() {
        return replicas == null
                ? this
                : new Database(
                        this,
                        new Statements(new ReplicatedStatements(statements, replicas)),
                        replicas,
                        searchLimits,
                        keys,
                        seal);
    }

    /** Whether a replica may have been read, which may not have a row that the primary has. */
    boolean mayMiss() {
        return statements.mayReadReplica();
    }

    public UserKeys keys() {
        return Objects.requireNonNull(keys, "no keys");
    }

    /** Of the table that these connections are for. */
    public Seal seal() {
        return Objects.requireNonNull(seal, "no table that is sealed");
    }

    Future<Iterable<Row>> open(Iterable<Row> rows) {
        return seal == null ? Future.succeededFuture(rows) : seal.open(rows);
    }

    public SearchLimits searchLimits() {
        return searchLimits;
    }

    /**
     * A statement with named parameters, {@code #{name}}, and the mapping of a row of its result. Templates are cached by
     * text, so a store can name the text in the method that executes it; for a known text this is one look-up in a
     * hash map. Never put values into the text: each different text stays in memory.
     */
    public <T> Query<T> query(String sql, Function<Row, T> row) {
        return new Query<>(this, sql, statements.execution(sql), row, Map.of());
    }

    /** A statement of which only the number of rows matters. */
    public Query<Row> query(String sql) {
        return query(sql, Function.identity());
    }

    /**
     * A statement that the server plans again for the values of each execution (a custom plan), because the best plan
     * depends on them, for example on how often a word occurs. A prepared statement would get one plan for all.
     */
    public <T> Query<T> queryWithCustomPlan(String sql, Function<Row, T> row) {
        return query(PoolConnections.PLANNED_EACH_TIME + sql, row);
    }

    Function<NamedValues, Future<RowSet<Row>>> batched(String sql) {
        return statements.batched(sql);
    }

    Function<NamedValues, Future<SmallRows>> small(String sql, boolean isBatched) {
        return statements.small(sql, isBatched);
    }

    Function<NamedValues, Future<RowSet<Row>>> brief(String sql, Duration limit) {
        return statements.brief(sql, limit);
    }

    Function<NamedValues, Future<RowSet<Row>>> locked(String lock, String sql) {
        return statements.locked(lock, sql);
    }

    /** @param events to record, from the rows of the statement */
    Function<NamedValues, Future<RowSet<Row>>> recording(
            String sql, Function<RowSet<Row>, List<SecurityEvent>> events) {
        return securityLog.recording(sql, events);
    }

    /** Records an event that belongs to no other statement. Wait for it before the answer is sent. */
    public Future<Void> record(SecurityEvent event) {
        return query(SecurityLog.RECORD, row -> Rows.text(row, "line"))
                .only(SecurityLog.parameters(event))
                .onSuccess(SecurityLog::write)
                .mapEmpty();
    }

    PageLimits pageLimits() {
        return pageLimits;
    }

    /** Repeats a statement that was not executed, on another connection. */
    <T> Future<T> again(Supplier<Future<T>> statement) {
        return pools.again(statement);
    }

    /** The texts of all statements so far, with their parameters as {@code #{name}}, for tests that examine plans. */
    public Set<String> texts() {
        var texts = new HashSet<>(statements.texts());
        if (acrossUsers != null) texts.addAll(acrossUsers.texts());
        return Set.copyOf(texts);
    }

    /** Succeeds if the server answers. */
    public Future<Void> ping() {
        return query("SELECT 1").list(Parameters.none()).mapEmpty();
    }

    /** The size of the database on the server's disk, in bytes. */
    public Future<Long> size() {
        return query("SELECT pg_database_size(current_database()) AS bytes", row -> row.getLong("bytes"))
                .only(Parameters.none());
    }

    public Future<Void> close() {
        return acrossUsers == null
                ? pools.close()
                : Future.join(pools.close(), acrossUsers.close()).mapEmpty();
    }
}
