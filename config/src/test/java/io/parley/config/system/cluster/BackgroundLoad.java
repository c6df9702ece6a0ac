package io.parley.config.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Clients that write and read messages continuously and record what was acknowledged. If a connection breaks, they use the
 * next server, as a load balancer would.
 */
final class BackgroundLoad implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final int READERS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** An error response. */
    record Failure(Instant at, ApiResponse answer) {
        boolean isRead() {
            return answer.request().method().equals("GET");
        }
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Semaphore progress = new Semaphore(0);
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final List<ApiClient> servers;
    private final String place;
    private final List<CompletableFuture<Void>> work;
    private volatile boolean over;

    BackgroundLoad(TestUser owner, List<URI> servers) {
        this.servers = servers.stream()
                .map(server -> new ApiClient(server).as(owner.accessToken()))
                .toList();
        place = owner.api().post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
        work = IntStream.range(0, WRITERS + READERS)
                .mapToObj(number -> CompletableFuture.runAsync(number < WRITERS ? this::write : this::read, threads))
                .toList();
    }

    private void write() {
        while (!over) {
            var id = UUID.randomUUID().toString();
            var body = "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"message\"}";
            if (succeeds(ApiRequest.of("POST", place).json(body))) {
                acknowledged.add(id);
                progress.release();
            }
        }
    }

    private void read() {
        while (!over) succeeds(ApiRequest.of("GET", place + "?limit=5"));
    }

    // A broken connection is no response: the request is sent again to the next server.
    private boolean succeeds(ApiRequest request) {
        for (int at = 0; !over; at++) {
            try {
                Pause.betweenRequests();
                var answer = servers.get(at % servers.size()).send(request);
                if (!answer.succeeded()) failures.add(new Failure(Instant.now(), answer));
                return answer.succeeded();
            } catch (UncheckedIOException hungUp) {
                assertThat(servers).as("%s", hungUp).hasSizeGreaterThan(1);
                Pause.briefly();
            }
        }
        return false;
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Waits until this many more messages are acknowledged. */
    void awaitProgress(int more) throws InterruptedException {
        progress.drainPermits();
        assertThat(progress.tryAcquire(more, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s", failures)
                .isTrue();
    }

    /** Stops the clients; fails if an acknowledged message is missing. */
    void settle(ApiClient owner) {
        over = true;
        assertThat(work).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ofSeconds(20)));
        assertThat(Pages.of(owner, place, 200))
                .extracting(message -> message.get("id").asText())
                .doesNotHaveDuplicates()
                .containsAll(acknowledged);
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
