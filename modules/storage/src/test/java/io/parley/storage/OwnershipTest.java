package io.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Caller;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final UUID ADA = new UUID(0, 0xada);
    private static final UUID NOTE = new UUID(0, 1);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, 8, false));
    private final Ownership ownership = new Ownership(
            database,
            "note",
            "SELECT '00000000-0000-0000-0000-000000000ada'::uuid AS user_id, true AS live WHERE #{id}::uuid IS NOT NULL");

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void readsARowAgainThatComesBetweenTheTwoStatements() {
        assertThat(Futures.result(read(ADA, List.of(Optional.empty(), Optional.of("here")))))
                .isEqualTo("here");
    }

    @Test
    void changesARowThatComesBetweenTheTwoStatementsWhateverItsVersion() {
        assertThat(Futures.result(
                        change(Versions.ANY, List.of(Optional.empty(), Optional.empty(), Optional.of("changed")))))
                .isEqualTo("changed");
    }

    @Test
    void isStaleOnlyForThoseWhoNameAVersion() {
        assertThat(Futures.problem(change(Versions.of(Instant.EPOCH), List.of(Optional.empty())))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void isUnavailableIfARowThatIsThereIsMissedEachTime() {
        assertThat(Futures.problem(change(Versions.ANY, Collections.nCopies(5, Optional.empty())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void readsARowOfAnotherUserOnce() {
        assertThat(Futures.problem(read(new UUID(0, 0xbad), List.of(Optional.empty())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    /** @param found what one statement after the other finds */
    private Future<String> change(Versions versions, List<Optional<String>> found) {
        Queue<Optional<String>> left = new ArrayDeque<>(found);
        return ownership.change(
                versions, () -> Future.succeededFuture(left.remove()), new Caller(ADA, Caller.Role.USER), NOTE);
    }

    /** @param found what one read after the other finds */
    private Future<String> read(UUID user, List<Optional<String>> found) {
        Queue<Optional<String>> left = new ArrayDeque<>(found);
        return ownership.read(() -> Future.succeededFuture(left.remove()), new Caller(user, Caller.Role.USER), NOTE);
    }
}
