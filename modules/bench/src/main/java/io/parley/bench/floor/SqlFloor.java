package io.parley.bench.floor;

import io.parley.bench.load.Operation;
import io.parley.bench.load.SeedData;
import io.parley.postgres.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/** PostgreSQL alone: the statements of the modules for each operation, on a pool of the same size as theirs. */
public final class SqlFloor {
    private static final String MESSAGE = """
        SELECT m.id, m.conversation_id, m.user_id, m.parent_id, m.role, m.content, m.token_count, m.model,
               m.tool_calls::text AS tool_calls, m.tool_results::text AS tool_results, m.metadata::text AS metadata,
               m.created_at, m.updated_at, m.deleted_at
          FROM messages m
        """;
    private static final String FIND_WITH_TRASH = MESSAGE + """
         WHERE m.id = $1 AND m.user_id = $2
        """;
    private static final String FIND = FIND_WITH_TRASH + """
           AND m.deleted_at IS NULL
           AND (SELECT true FROM live_conversations c WHERE c.id = m.conversation_id AND c.user_id = $2)
        """;
    private static final String IN_CONVERSATION = """
         WHERE m.user_id = $1 AND m.conversation_id = $2
        """;
    private static final String FIRST_PAGE = """
         ORDER BY m.created_at ASC, m.id ASC LIMIT $3
        """;
    private static final String PAGE_WITH_TRASH = MESSAGE + IN_CONVERSATION + FIRST_PAGE;
    private static final String PAGE = MESSAGE + IN_CONVERSATION + """
           AND m.deleted_at IS NULL
           AND (SELECT true FROM live_conversations c WHERE c.id = $2 AND c.user_id = $1)
        """ + FIRST_PAGE;
    private static final String CONVERSATIONS = """
        SELECT id, user_id, title, description, metadata::text AS metadata, created_at, updated_at, deleted_at
          FROM conversations WHERE deleted_at IS NULL AND user_id = $1 ORDER BY updated_at DESC, id DESC LIMIT $2
        """;
    private static final String TASKS = """
        SELECT id, user_id, conversation_id, title, description, status, priority, due_date, completed_at, created_at,
               updated_at, deleted_at
          FROM tasks WHERE deleted_at IS NULL AND user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2
        """;
    private static final String ADMIT = """
        UPDATE conversations SET updated_at = next_version(updated_at, now())
         WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL RETURNING updated_at
        """;
    private static final String INSERT_MESSAGE = """
        INSERT INTO messages AS m (id, conversation_id, user_id, role, content, metadata, created_at, updated_at)
        VALUES ($1, $2, $3, 'user', $4, '{}', $5, $5) ON CONFLICT DO NOTHING
        RETURNING m.id, m.content, m.created_at
        """;
    private static final String INSERT_TASK = """
        INSERT INTO tasks (id, user_id, title, status, priority) VALUES ($1, $2, $3, 'pending', 'medium')
        ON CONFLICT DO NOTHING RETURNING id, title, created_at
        """;

    private final Pool pool;

    public SqlFloor(Vertx vertx, DatabaseUrl url, int connections) {
        var options = PgConnectOptions.fromUri(
                        "postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database()))
                .setUser(url.user())
                .setPassword(url.password().value())
                .setProperties(Map.of("application_name", "bench", "client_encoding", "UTF8", "DateStyle", "ISO"))
                .setCachePreparedStatements(true);
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    public Future<?> run(Operation operation, int number) {
        var user = SeedData.user(number);
        return switch (operation) {
            case MESSAGE -> execute(FIND, message(number));
            case PAGE -> execute(PAGE, page(number));
            case CONVERSATIONS -> execute(CONVERSATIONS, Tuple.of(user, 21));
            case TASKS -> execute(TASKS, Tuple.of(user, 51));
            case CREATE_MESSAGE ->
                execute(ADMIT, Tuple.of(SeedData.conversation(number), user))
                        .compose(admitted -> execute(
                                INSERT_MESSAGE,
                                Tuple.of(
                                        UUID.randomUUID(),
                                        SeedData.conversation(number),
                                        user,
                                        Operation.MESSAGE_TEXT,
                                        OffsetDateTime.now(ZoneOffset.UTC))));
            case CREATE_TASK -> execute(INSERT_TASK, Tuple.of(UUID.randomUUID(), user, "Book the 9:40"));
            case SEARCH -> Future.failedFuture("the module composes its SQL per request");
        };
    }

    /**
     * The same without the filter on the trash. The lists of conversations and tasks have that filter in their index, so it
     * cannot be left out.
     */
    public Future<?> runWithTrash(Operation operation, int number) {
        return switch (operation) {
            case MESSAGE -> execute(FIND_WITH_TRASH, message(number));
            case PAGE -> execute(PAGE_WITH_TRASH, page(number));
            default -> Future.failedFuture("its index filters the trash");
        };
    }

    private static Tuple message(int number) {
        return Tuple.of(SeedData.message(number), SeedData.user(number));
    }

    private static Tuple page(int number) {
        return Tuple.of(SeedData.user(number), SeedData.conversation(number), 51);
    }

    private Future<?> execute(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values);
    }

    public Future<Void> close() {
        return pool.close();
    }
}
