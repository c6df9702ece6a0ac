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

/** What is sent again under its key is done once, also where the program or its PostgreSQL ends in the middle of it. */
class IdempotencyKillIT {
    private static final int CLERKS = 8;
    private static final int BEFORE_THE_KILL = 400;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLERKS);
    private final CountDownLatch goal = new CountDownLatch(BEFORE_THE_KILL);
    private final List<TaskWriter> clerks =
            Stream.generate(() -> new TaskWriter(goal)).limit(CLERKS).toList();

    // An attempt counts as dead after twice the time that a request has.
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
        var work = clerks.stream()
                .map(clerk -> CompletableFuture.runAsync(() -> clerk.untilItFails(ada.api()), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.kill();
        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(10, TimeUnit.SECONDS));

        jar = ParleyJar.start(jar.data(), settings);
        var again = new ApiClient(jar.uri()).as(ada.accessToken());
        clerks.forEach(clerk -> clerk.repeat(again));

        assertEachOnce(again);
    }

    @Test
    void holdsOverAKillOfPostgres() throws Exception {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        var work = clerks.stream()
                .map(clerk -> CompletableFuture.runAsync(() -> clerk.persistently(ada, BEFORE_THE_KILL / 4), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.killPostgres();

        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(100, TimeUnit.SECONDS));
        assertEachOnce(ada);
    }

    private void assertEachOnce(ApiClient owner) {
        var tasks = Pages.of(owner, "/api/v1/tasks", 200);
        var acknowledged =
                clerks.stream().flatMap(clerk -> clerk.acknowledged().stream()).toList();
        assertThat(tasks).extracting(task -> task.get("title").asText()).doesNotHaveDuplicates();
        assertThat(tasks).extracting(task -> task.get("id").asText()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
}
