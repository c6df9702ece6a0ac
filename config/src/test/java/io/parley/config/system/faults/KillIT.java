package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Acknowledged messages survive a kill of the program and of its PostgreSQL. */
class KillIT {
    private static final int WRITERS = 4;
    private static final int BEFORE_THE_KILL = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final CountDownLatch goal = new CountDownLatch(BEFORE_THE_KILL);
    private ParleyJar jar = ParleyJar.start(ParleyJar.freshData());

    @AfterEach
    void stop() {
        jar.close();
        threads.shutdownNow();
    }

    @Test
    void keepsEveryAcknowledgedMessageOverAKillOfTheProgram() throws Exception {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        var writers = writers(ada.api());
        var writing = writers.stream()
                .map(writer -> CompletableFuture.runAsync(() -> writer.postUntilFailure(ada.api()), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.kill();
        assertThat(writing).allSatisfy(each -> assertThat(each).succeedsWithin(10, TimeUnit.SECONDS));

        jar = ParleyJar.start(jar.data());
        var again = new ApiClient(jar.uri()).as(ada.accessToken());
        assertThat(writers).allSatisfy(writer -> assertKept(again, writer));
        writers.forEach(writer -> writer.repeat(again));
        assertThat(writers)
                .allSatisfy(writer -> assertThat(stored(again, writer)).isEqualTo(writer.acknowledged()));
    }

    @Test
    void goesOnAfterAKillOfPostgres() throws Exception {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        var writers = writers(ada);
        var writing = writers.stream()
                .map(writer ->
                        CompletableFuture.runAsync(() -> writer.postUntilAcknowledged(ada, BEFORE_THE_KILL), threads))
                .toList();
        assertThat(goal.await(60, TimeUnit.SECONDS)).isTrue();
        jar.killPostgres();

        assertThat(writing).allSatisfy(each -> assertThat(each).succeedsWithin(90, TimeUnit.SECONDS));
        assertThat(jar.isAlive()).isTrue();
        assertThat(writers).allSatisfy(writer -> assertThat(stored(ada, writer)).isEqualTo(writer.acknowledged()));
    }

    private List<MessageWriter> writers(ApiClient owner) {
        return Stream.generate(() -> new MessageWriter(owner, goal))
                .limit(WRITERS)
                .toList();
    }

    // The message in flight may have been stored without an acknowledgement.
    private static void assertKept(ApiClient owner, MessageWriter writer) {
        var stored = stored(owner, writer);
        assertThat(stored).startsWith(writer.acknowledged().toArray(String[]::new));
        assertThat(stored.size())
                .isBetween(writer.acknowledged().size(), writer.acknowledged().size() + 1);
    }

    private static List<String> stored(ApiClient owner, MessageWriter writer) {
        return Pages.of(owner, writer.path(), 50).stream()
                .map(message -> message.get("id").asText())
                .toList();
    }
}
