package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests repeated under their key are executed once, even if the program or its PostgreSQL is killed meanwhile. */
class IdempotencyKillIT {
    private static final int WRITERS = 8;
    private static final int BEFORE_THE_KILL = 400;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final CountDownLatch goal = new CountDownLatch(BEFORE_THE_KILL);
    private final List<TaskWriter> writers =
            Stream.generate(() -> new TaskWriter(goal)).limit(WRITERS).toList();

    // An attempt counts as dead after twice the request timeout.
    private final Map<String, String> settings = Map.of("PARLEY_HTTP_REQUEST_TIMEOUT", "2s");
    private ParleyJar jar = ParleyJar.start(ParleyJar.freshData(), settings);

    @AfterEach
    void stop() {
        jar.close();
        threads.shutdownNow();
    }

    @Test
    void holdsOverAKillOfTheProgram() throws Exception {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        var work = writers.stream()
                .map(writer -> CompletableFuture.runAsync(() -> writer.createUntilFailure(ada.api()), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.kill();
        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(10, TimeUnit.SECONDS));

        jar = ParleyJar.start(jar.data(), settings);
        var again = new ApiClient(jar.uri()).as(ada.accessToken());
        writers.forEach(writer -> writer.repeat(again));

        assertEachOnce(again);
    }

    @Test
    void holdsOverAKillOfPostgres() throws Exception {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        var work = writers.stream()
                .map(writer -> CompletableFuture.runAsync(
                        () -> writer.createUntilAcknowledged(ada, BEFORE_THE_KILL / 4), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.killPostgres();

        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(100, TimeUnit.SECONDS));
        assertEachOnce(ada);
    }

    private void assertEachOnce(ApiClient owner) {
        var tasks = Pages.of(owner, "/api/v1/tasks", 200);
        var acknowledged = writers.stream()
                .flatMap(writer -> writer.acknowledged().stream())
                .toList();
        assertThat(tasks).extracting(task -> task.get("title").asText()).doesNotHaveDuplicates();
        assertThat(tasks).extracting(task -> task.get("id").asText()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
}
