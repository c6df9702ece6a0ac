package io.parley.config.server;

import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.changes.ChangesVerticle;
import io.parley.contracts.conversations.Conversations;
import io.parley.conversations.ConversationsVerticle;
import io.parley.files.FilesVerticle;
import io.parley.idempotency.IdempotencyVerticle;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.messages.MessagesVerticle;
import io.parley.postgres.DatabaseUrl;
import io.parley.retention.TrashPurge;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.keys.UserKeys;
import io.parley.tasks.TasksVerticle;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.webhooks.WebhookSettings;
import io.parley.webhooks.WebhooksVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TrashPurgeTest {
    private static final int MESSAGES = 10_000;

    private final Bus bus;
    private final Database database;
    private final UserKeys keys;
    private final DatabaseUrl url;

    TrashPurgeTest(Bus bus, Database database, DatabaseUrl url) {
        this.bus = bus;
        this.database = OwnerDatabase.of(database);
        this.keys = database.keys();
        this.url = url;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database) {
        deploy(vertx, bus, database);
    }

    private static void deploy(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new ConversationsVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new TasksVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new FilesVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new IdempotencyVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new ChangesVerticle(bus, database)));
        Answers.of(vertx.deployVerticle(new WebhooksVerticle(bus, database, new WebhookSettings(false))));
    }

    @BeforeEach
    void clear() {
        run("DELETE FROM tasks");
        run("DELETE FROM messages");
    }

    @Test
    void removesALongConversationAndUnlinksItsTasks() throws Exception {
        fill();
        run("UPDATE conversations SET deleted_at = now() - interval '31 days' WHERE title = 'Trip plan'");

        var removed = new TrashPurge(bus, Duration.ofDays(30)).run().await(60, TimeUnit.SECONDS);

        assertThat(removed)
                .isEqualTo(Map.of(
                        "conversations",
                        1L,
                        "messages",
                        (long) MESSAGES,
                        "tasks",
                        0L,
                        "files",
                        0L,
                        "idempotency",
                        0L,
                        "changes",
                        0L,
                        "webhooks",
                        0L));
        assertThat(run("SELECT 1 FROM messages")).isZero();
        assertThat(run("SELECT 1 FROM tasks WHERE conversation_id IS NULL")).isEqualTo(MESSAGES / 50);
    }

    @Test
    void reportsARowThatCannotBeRemovedInTimeAndGoesOnWithTheRest() throws Exception {
        run("INSERT INTO tasks (id, user_id, title, deleted_at) SELECT gen_random_uuid(), id, 'Old', now() FROM users");
        say("root", "NULL, now()");
        say("reply", "(SELECT id FROM messages WHERE content = 'root'), NULL");
        var purge = new TrashPurge(bus, Duration.ZERO);
        try (var holder = url.connect();
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT 1 FROM messages WHERE content = 'reply' FOR UPDATE");

            assertThat(Answers.problemOf(purge.run()).kind()).isEqualTo(Kind.TIMEOUT);
        }

        assertThat(run("SELECT 1 FROM messages")).isEqualTo(2);
        assertThat(run("SELECT 1 FROM tasks")).isZero();
        assertThat(Answers.of(new TrashPurge(bus, Duration.ZERO).run())).containsEntry("messages", 1L);
    }

    @Test
    void removesExactlyWhatIsDueWhereTwoNodesPurgeAtOnce() throws Exception {
        run(MANY);
        var other = Vertx.vertx();
        var beside =
                Database.connect(other, url, new PoolSettings(4, 200, false)).with(keys);
        try {
            var otherBus = new Bus(other, Duration.ofSeconds(10));
            deploy(other, otherBus, beside);

            Future.all(
                            new TrashPurge(bus, Duration.ofDays(30)).run(),
                            new TrashPurge(otherBus, Duration.ofDays(30)).run())
                    .await(60, TimeUnit.SECONDS);
        } finally {
            beside.close().await(10, TimeUnit.SECONDS);
            other.close().await(10, TimeUnit.SECONDS);
        }

        assertThat(run("SELECT 1 FROM messages")).isEqualTo(3000);
        assertThat(run("SELECT 1 FROM messages WHERE deleted_at <= now() - interval '30 days'"))
                .isZero();
        assertThat(run("SELECT 1 FROM conversations WHERE title = 'Diary'")).isOne();
    }

    // A third is due, a third was deleted only yesterday, a third is alive.
    private static final String MANY = """
        INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at, deleted_at)
        SELECT gen_random_uuid(), c.id, c.user_id, 'user', 'word' || n, now(), now(),
               CASE n % 3 WHEN 0 THEN now() - interval '31 days' WHEN 1 THEN now() - interval '1 day' END
          FROM conversations c, generate_series(1, 4500) n
         WHERE c.title = 'Diary'
        """;

    @Test
    void leavesWholeWhatIsRestoredWhileItIsPurged() {
        for (int race = 0; race < 50; race++) {
            run("INSERT INTO conversations (id, user_id, title, deleted_at) SELECT gen_random_uuid(), id, 'Raced',"
                    + " now() FROM users WHERE email = 'ada@example.org'");
            run("""
                INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at)
                SELECT gen_random_uuid(), id, user_id, 'user', 'word', now(), now()
                  FROM conversations, generate_series(1, 5) WHERE title = 'Raced'
                """);
            var restore = new Conversations.Restore(ada, raced());

            boolean first = race % 2 == 0;
            var before = first ? bus.ask(Conversations.RESTORE, restore) : null;
            var purge = new TrashPurge(bus, Duration.ZERO).run();
            var restored = before == null ? bus.ask(Conversations.RESTORE, restore) : before;
            Answers.of(Future.join(purge, restored).otherwiseEmpty());

            assertThat(purge.succeeded()).isTrue();
            assertThat(run("SELECT 1 FROM conversations WHERE title = 'Raced'"))
                    .isEqualTo(restored.succeeded() ? 1 : 0);
            assertThat(run("SELECT 1 FROM messages")).isEqualTo(restored.succeeded() ? 5 : 0);
            if (restored.failed())
                assertThat(Answers.problemOf(restored).kind()).isEqualTo(Kind.NOT_FOUND);
            run("DELETE FROM conversations WHERE title = 'Raced'");
        }
    }

    private UUID raced() {
        return Answers.of(database.query("SELECT id FROM conversations WHERE title = 'Raced'", row -> row.getUUID("id"))
                .only(Parameters.none()));
    }

    private void say(String text, String parentAndDeletion) {
        run("""
            INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at, parent_id, deleted_at)
            SELECT gen_random_uuid(), id, user_id, 'user', '%s', now(), now(), %s
              FROM conversations WHERE title = 'Diary'
            """.formatted(text, parentAndDeletion));
    }

    private void fill() throws Exception {
        try (var connection = url.connect();
                var statement = connection.createStatement()) {
            statement.execute(TALK);
            statement.execute(TASKS);
            statement.execute("ANALYZE messages, conversations, tasks");
        }
    }

    // The first one is answered a thousand times, and every other one by the next.
    private static final String TALK = """
        INSERT INTO messages (id, conversation_id, user_id, parent_id, role, content, created_at, updated_at)
        SELECT ('01900000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, c.id, c.user_id,
               CASE WHEN n > 0 AND (n < 1000 OR n % 2 = 1) THEN ('01900000-0000-7000-8003-'
                   || lpad(to_hex(CASE WHEN n < 1000 THEN 0 ELSE n - 1 END), 12, '0'))::uuid END,
               'user', 'word' || n % 1009 || ' word' || n % 5003, timestamptz '2026-01-01' + n * interval '1 s', now()
          FROM conversations c, generate_series(0, 9999) n
         WHERE c.title = 'Trip plan'
        """;

    private static final String TASKS = """
        INSERT INTO tasks (id, user_id, conversation_id, title)
        SELECT gen_random_uuid(), c.user_id, c.id, 'Task ' || n
          FROM conversations c, generate_series(1, 200) n
         WHERE c.title = 'Trip plan'
        """;

    private int run(String sql) {
        return Answers.of(database.query(sql).run(Parameters.none()));
    }
}
